import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context, type Span, type Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

/** Told of a statement that ran for a request. Its text holds no values. */
export type StatementListener = (text: string, startedAtMs: number, endedAtMs: number) => void;

/** One request's trace. */
export interface RequestTrace {
  readonly traceId: string;
  readonly statement: StatementListener;
  end(attributes: Readonly<Record<string, string | number>>, failed: boolean): void;
}

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Sends a span for each request, and below it one for each SQL statement, to an OpenTelemetry collector (OTLP over HTTP). */
export class Telemetry {
  private readonly provider: NodeTracerProvider;
  private readonly tracer: Tracer;

  public constructor(endpoint: string, role: string) {
    const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces`, timeoutMillis: 5_000 });
    this.provider = new NodeTracerProvider({
      resource: resourceFromAttributes({ 'service.name': 'sanhu', 'sanhu.role': role }),
      // A collector that is away costs memory up to the queue, then spans: never a request.
      spanProcessors: [new BatchSpanProcessor(exporter, { maxQueueSize: 4_096, maxExportBatchSize: 512, scheduledDelayMillis: 1_000 })],
    });
    this.tracer = this.provider.getTracer('sanhu');
  }

  /** Joins the caller's trace (W3C Trace Context), or begins one. */
  public request(name: string, traceparent: string | undefined): RequestTrace {
    const span = this.tracer.startSpan(name, { kind: SpanKind.SERVER }, parentOf(traceparent));
    const below = trace.setSpan(ROOT_CONTEXT, span);
    return {
      traceId: span.spanContext().traceId,
      statement: (text, startedAtMs, endedAtMs) => this.statement(below, text, startedAtMs, endedAtMs),
      end: (attributes, failed) => endRequest(span, attributes, failed),
    };
  }

  private statement(below: Context, text: string, startTime: number, endTime: number): void {
    const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text.replace(/\s+/g, ' ').trim().slice(0, 2_000) };
    this.tracer.startSpan('sql', { kind: SpanKind.CLIENT, startTime, attributes }, below).end(endTime);
  }

  public stop(): Promise<void> {
    return this.provider.shutdown();
  }
}

function parentOf(traceparent: string | undefined): Context {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true });
}

function endRequest(span: Span, attributes: Readonly<Record<string, string | number>>, failed: boolean): void {
  span.setAttributes(attributes);
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
