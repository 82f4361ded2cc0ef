import { PARAMETERS, type Configuration, type Parameter } from './parameters';

/** Says every wrong parameter by the name of its variable. */
export class ConfigurationError extends Error {
  public constructor(public readonly problems: readonly string[]) {
    super(
      `The configuration is wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}\nSee \`sanhu config\` for every parameter.`,
    );
    this.name = 'ConfigurationError';
  }
}

/**
 * Reads every parameter from the environment.
 * @throws ConfigurationError naming each variable whose value is wrong, never showing a secret
 */
export function loadConfiguration(environment: Readonly<Record<string, string | undefined>>): Configuration {
  const problems: string[] = [];
  const configuration: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries<Parameter<unknown>>(PARAMETERS)) {
    const value = environment[parameter.variable] ?? parameter.initially;
    const read = parameter.schema.safeParse(value);
    if (read.success) configuration[name] = read.data;
    else {
      const shown = parameter.secret === true ? '(secret)' : JSON.stringify(value);
      problems.push(`${parameter.variable}=${shown}: ${read.error.issues.map((issue) => issue.message).join('; ')}`);
    }
  }
  const known = new Set(Object.values<Parameter<unknown>>(PARAMETERS).map((parameter) => parameter.variable));
  for (const variable of Object.keys(environment)) {
    if (variable.startsWith('SANHU_') && !known.has(variable)) problems.push(`${variable}: no such parameter`);
  }
  if (problems.length === 0) problems.push(...contradictions(configuration as Configuration));
  if (problems.length > 0) throw new ConfigurationError(problems);
  return configuration as Configuration;
}

function contradictions(configuration: Configuration): string[] {
  const problems: string[] = [];
  if (configuration.databaseUrl !== undefined && configuration.signingKey === undefined) {
    problems.push('SANHU_SIGNING_KEY: must be set when DATABASE_URL is');
  }
  if (configuration.databaseUrl === undefined && configuration.reportingDatabaseUrls.length > 0) {
    problems.push('REPORTING_DATABASE_URLS: means nothing without DATABASE_URL');
  }
  if (configuration.lockTimeoutMs >= configuration.coreStatementTimeoutMs) {
    // The wait would be told as a statement that took too long, and never as IDEMPOTENCY_IN_PROGRESS.
    problems.push('SANHU_LOCK_TIMEOUT_MS: must be less than SANHU_CORE_STATEMENT_TIMEOUT_MS');
  }
  const oidc = [configuration.oidcIssuer, configuration.oidcAudience, configuration.oidcJwksUrl];
  if (oidc.some((part) => part !== undefined) && oidc.includes(undefined)) {
    problems.push('SANHU_OIDC_ISSUER, SANHU_OIDC_AUDIENCE and SANHU_OIDC_JWKS_URL: set all three or none');
  }
  return problems;
}

/** Every parameter with its value in force, for `sanhu config`. Secrets are not shown. */
export function describeConfiguration(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.values<Parameter<unknown>>(PARAMETERS).map((parameter) => {
    const given = environment[parameter.variable];
    const value = parameter.secret === true ? (given === undefined ? '' : '(set)') : (given ?? parameter.initially);
    return `${parameter.variable}=${value}\n    ${parameter.meaning}${given === undefined ? '' : ` (initially ${parameter.initially || 'unset'})`}`;
  });
}
