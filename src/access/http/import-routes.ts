import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Principal } from '../../business/component/staff';
import { Failure } from '../../kernel/failure';
import { receiveUpload } from '../file';
import { refuse } from './graphql-route';
import { traceIdOf } from './trace-id';

export interface ImportRouteOptions {
  readonly directory: string;
  readonly limitBytes: number;
  readonly totalBytes: number;
  readonly authenticate: (authorization: string | undefined) => Principal | Promise<Principal>;
  readonly log: Logger;
}

const SENDERS = ['import:run', 'order:batch'] as const;

/**
 * `POST /import/files`: takes a file in as the body of the request, straight to disk, for whoever holds import:run or order:batch. It
 * answers the digest by which the mutations `importParties` and `submitOrderBatch` name it.
 */
export function serveImports(app: FastifyInstance, { directory, limitBytes, totalBytes, authenticate, log }: ImportRouteOptions): void {
  app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    // Not read here: the route reads it from the connection.
    scope.addContentTypeParser('*', (_request, payload, parsed) => parsed(null, payload));
    scope.post('/import/files', { bodyLimit: limitBytes }, async (request, reply) => {
      try {
        const principal = await authenticate(request.headers.authorization);
        if (!SENDERS.some((permission) => principal.scope.permits(permission))) {
          throw new Failure('FORBIDDEN', `This needs the permission ${SENDERS.join(' or ')}.`);
        }
        const content = request.body as Readable | undefined;
        if (content === undefined) throw new Failure('BAD_USER_INPUT', 'The body must be the file, with a content type.');
        const { digest, bytes } = await receiveUpload(content, { directory, limitBytes, totalBytes });
        return await reply.status(201).send({ fileDigest: digest, bytes });
      } catch (error) {
        return reply.send(refuse(reply, error, traceIdOf(request.headers.traceparent), log));
      }
    });
    done();
  });
}
