import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Principal } from '../../business/component/staff';
import type { CoreDatabase } from '../../business/context';
import { readOrderForm, type OrderForm } from '../../business/process/acceptance';
import type { Clock } from '../../kernel/clock';
import { Failure } from '../../kernel/failure';
import { decodeId } from '../../kernel/id';
import { renderAcceptanceForm, type AcceptanceForm } from '../file/acceptance-form';
import { DOCUMENT_KIND_MEANINGS } from '../graphql/server/party-enum';
import { refuse } from './graphql-route';
import { traceIdOf } from './trace-id';

export interface FormRouteOptions {
  readonly database: CoreDatabase;
  readonly clock: Clock;
  readonly authenticate: (authorization: string | undefined) => Principal | Promise<Principal>;
  readonly deadlineMs: number;
  readonly log: Logger;
}

/** At the foot of every form. */
const TERMS = ['客户已核对以上受理内容及费用，并同意相关业务协议。'];

const NOT_FOUND = {
  errors: [{ message: 'There is no such order, or it lies outside your scope.', extensions: { code: 'NOT_FOUND' } }],
};

/**
 * `GET /files/acceptance-form?order=<id of the order>`: the form that the customer signs 业务受理单, for whoever may see the order. Personal data
 * are masked, and it is not to be kept by what lies between: each is made when it is asked for.
 */
export function serveForms(app: FastifyInstance, { database, clock, authenticate, deadlineMs, log }: FormRouteOptions): void {
  app.get('/files/acceptance-form', async (request, reply) => {
    try {
      const { scope } = await authenticate(request.headers.authorization);
      if (!scope.permits('order:read')) throw new Failure('FORBIDDEN', 'This needs the permission order:read.');
      const { order } = request.query as { readonly order?: unknown };
      const orderId = typeof order === 'string' ? decodeId('order', order) : undefined;
      const sql = database.reader({ signal: AbortSignal.timeout(deadlineMs) });
      const form = orderId === undefined ? undefined : await readOrderForm({ sql, scope, now: clock.now() }, orderId);
      if (form === undefined) return await reply.status(404).send(NOT_FOUND);
      const pdf = await renderAcceptanceForm(printed(form));
      const name = `inline; filename="acceptance-form-${form.orderNo}.pdf"`;
      return await reply.type('application/pdf').header('content-disposition', name).header('cache-control', 'no-store').send(pdf);
    } catch (error) {
      return reply.send(refuse(reply, error, traceIdOf(request.headers.traceparent), log));
    }
  });
}

function printed({ document, ...form }: OrderForm): AcceptanceForm {
  const shown = document === null ? null : `${DOCUMENT_KIND_MEANINGS[document.kind].zh} ${document.number}`;
  return { ...form, document: shown, terms: TERMS };
}
