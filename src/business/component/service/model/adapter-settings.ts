import type { AdapterKind, HttpSettings } from '../../../../data/operation/service/provisioning-adapter';
import { outsideUrlProblem } from '../../../../kernel/outside-url';
import { ok, refusedBy, type Result } from '../../../../kernel/result';
import { checkWhole, isCode } from './checks';
import { refuseService, type ServiceRefusal } from './refusals';

const ENDPOINT_LENGTH_MAX = 500;

/** The bounds of each setting, and what holds where nothing is said. */
const SETTINGS = {
  timeoutMs: { least: 100, most: 60_000, standard: 5_000 },
  attemptsMax: { least: 1, most: 10, standard: 3 },
  backoffMs: { least: 10, most: 60_000, standard: 200 },
  breakerFailures: { least: 1, most: 100, standard: 5 },
  breakerOpenMs: { least: 100, most: 600_000, standard: 30_000 },
} as const;

type Setting = keyof typeof SETTINGS;
const SETTING_NAMES = Object.keys(SETTINGS) as readonly Setting[];

/** The settings of an HTTP adapter; what is not given is the standard. */
export type HttpSettingsInput = Pick<HttpSettings, 'endpoint'> & { readonly [Name in Setting]?: number | null | undefined };

/** What each kind of adapter has. */
export interface AdapterSettings {
  readonly http: HttpSettings | null;
  readonly workQueue: string | null;
}

/** The settings of an adapter of a kind: an HTTP one has how it is called, a manual one its work queue, and neither what is the other's. */
export function readSettings(
  kind: AdapterKind,
  { http, workQueue }: { readonly http: HttpSettingsInput | null; readonly workQueue: string | null },
): Result<AdapterSettings, ServiceRefusal> {
  if (kind === 'HTTP' ? http === null || workQueue !== null : http !== null || workQueue === null)
    return refuseService('ADAPTER_SETTINGS_NEEDED', kind === 'HTTP' ? 'http' : 'workQueue');
  const endpoint = http === null ? null : endpointOf(http.endpoint);
  const refused = refusedBy(
    endpoint === undefined && refuseService('ENDPOINT_INVALID', 'http.endpoint'),
    ...SETTING_NAMES.map((name) => {
      const { least, most } = SETTINGS[name];
      return http?.[name] != null && checkWhole(http[name], least, most, `http.${name}`);
    }),
    workQueue !== null && !isCode(workQueue) && refuseService('WORK_QUEUE_INVALID', 'workQueue'),
  );
  if (refused !== undefined) return refused;
  const numbers = Object.fromEntries(SETTING_NAMES.map((name) => [name, http?.[name] ?? SETTINGS[name].standard])) as Record<
    Setting,
    number
  >;
  return ok({ http: endpoint == null ? null : { endpoint, ...numbers }, workQueue });
}

/** The address as it is kept; undefined when it is none, holds what a log must not, or is one that the program must never call. */
function endpointOf(text: string): string | undefined {
  if (text.length > ENDPOINT_LENGTH_MAX || outsideUrlProblem(text) !== undefined) return undefined;
  const { href } = new URL(text);
  return href.length <= ENDPOINT_LENGTH_MAX ? href : undefined;
}
