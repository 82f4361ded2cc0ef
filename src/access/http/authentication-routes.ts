import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Authentication, AuthenticationRefusal, LogIn, Origin } from '../../business/component/staff';
import { wallClockMs } from '../../kernel/clock';
import { Failure } from '../../kernel/failure';
import type { Refusal, Result } from '../../kernel/result';
import { languageOf } from './accept-language';
import { refuse } from './graphql-route';
import { traceIdOf } from './trace-id';

/** The application that staff log in from when they name none. */
const DEFAULT_CLIENT = 'counter';

const credential = z.string().min(1).max(1_000);
const LogInBody = z.strictObject({ loginName: credential, password: credential, client: z.string().max(100).default(DEFAULT_CLIENT) });
const OidcBody = z.strictObject({ idToken: z.string().min(1).max(16_384), client: z.string().max(100).default(DEFAULT_CLIENT) });
const RefreshBody = z.strictObject({ refreshToken: credential });
const TokenBody = z.strictObject({ grant_type: z.literal('client_credentials'), client_id: credential, client_secret: credential });

/**
 * How callers come by tokens. Staff: `/auth/log-in`, `/auth/log-in/oidc`, `/auth/refresh`, `/auth/log-out`. Partners:
 * `/auth/token`, client credentials in the form of OAuth 2.0 (RFC 6749 §4.4), the body as JSON.
 */
export function serveAuthentication(app: FastifyInstance, authentication: Authentication, log: Logger): void {
  const route = <Body>(
    url: string,
    schema: z.ZodType<Body>,
    answer: (body: Body, origin: Origin, to: Answering) => Promise<unknown>,
  ): void => {
    app.post(url, async (request, reply) => {
      const origin = { address: request.ip, traceId: traceIdOf(request.headers.traceparent) };
      try {
        const body = schema.safeParse(request.body);
        if (!body.success) throw new Failure('BAD_USER_INPUT', z.prettifyError(body.error).slice(0, 500));
        return await answer(body.data, origin, { request, reply });
      } catch (error) {
        return refuse(reply, error, origin.traceId, log);
      }
    });
  };
  route('/auth/log-in', LogInBody, async ({ loginName, password, client }, origin, to) =>
    tokensOf(await authentication.logIn({ loginName, password, clientCode: client }, origin), to),
  );
  route('/auth/log-in/oidc', OidcBody, async ({ idToken, client }, origin, to) =>
    tokensOf(await authentication.logInWithOidc({ token: idToken, clientCode: client }, origin), to),
  );
  route('/auth/refresh', RefreshBody, async ({ refreshToken }, origin, to) =>
    tokensOf(await authentication.refresh(refreshToken, origin), to),
  );
  route('/auth/log-out', RefreshBody, async (body, origin) => ({ ended: await authentication.logOut(body, origin) }));
  route('/auth/token', TokenBody, async ({ client_id: clientId, client_secret: clientSecret }, origin, to) => {
    const result = await authentication.authenticatePartner({ clientId, clientSecret }, origin);
    if (!result.ok) return refused(result.refusals, to);
    const { accessToken, accessTokenExpiresAtMs } = result.value;
    return { access_token: accessToken, token_type: 'Bearer', expires_in: secondsUntil(accessTokenExpiresAtMs) };
  });
}

interface Answering {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

function tokensOf(result: Result<LogIn, AuthenticationRefusal>, to: Answering): unknown {
  if (!result.ok) return refused(result.refusals, to);
  const { accessToken, accessTokenExpiresAtMs, refreshToken } = result.value;
  return { accessToken, expiresInSeconds: secondsUntil(accessTokenExpiresAtMs), refreshToken };
}

function refused(refusals: readonly Refusal[], { request, reply }: Answering): unknown {
  const language = languageOf(request.headers['accept-language']);
  reply.status(401);
  // The body calls the application `client`.
  const blamed = (field: Refusal['field']): Refusal['field'] => field?.map((part) => (part === 'clientCode' ? 'client' : part)) ?? null;
  return {
    errors: refusals.map(({ code, field, message }) => ({ message: message[language], extensions: { code, field: blamed(field) } })),
  };
}

function secondsUntil(instantMs: number): number {
  return Math.max(0, Math.floor((instantMs - wallClockMs()) / 1_000));
}
