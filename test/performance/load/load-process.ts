import { join } from 'node:path';
import { ChildProgram } from '../child-program';
import type { ShutDown } from '../shut-down';
import { VoidRun } from '../void-run';
import type { ClosedLoop, LoadCommand, LoadReply, LoadResult, OpenLoop, Target, UnitLoop, UnitResult } from './load-messages';

/** How much longer than planned a run may take before it counts as hung. */
const OVERTIME_MS = 60_000;

/** The load generator, seen from the bench. */
export class LoadProcess {
  private readonly program: ChildProgram;
  private readonly waiting = new Map<number, (reply: LoadReply) => void>();
  private commands = 0;

  public constructor(shutDown: ShutDown) {
    this.program = ChildProgram.start(shutDown, {
      name: 'the load generator',
      args: [join(__dirname, '..', 'load-generator.js')],
      messages: true,
    });
    this.program.process.on('message', (reply: LoadReply) => this.waiting.get(reply.id)?.(reply));
    this.program.process.on('exit', () => this.failAll('the load generator has ended'));
  }

  public async aim(name: string, target: Target): Promise<void> {
    await this.command({ kind: 'target', name, target }, 0);
  }

  /** @throws VoidRun when an answer was not good */
  public async run(loop: ClosedLoop | OpenLoop): Promise<LoadResult> {
    const ramp = loop.kind === 'closed' ? loop.rampSeconds : 0;
    return answered(loop.target, (await this.command(loop, ramp + loop.seconds)) as LoadResult | undefined);
  }

  /** @throws VoidRun when an answer was not good */
  public async runUnits(loop: UnitLoop): Promise<UnitResult> {
    return answered(loop.target, (await this.command(loop, loop.seconds)) as UnitResult | undefined);
  }

  private async command(command: LoadCommand, seconds: number): Promise<LoadResult | UnitResult | undefined> {
    this.commands += 1;
    const id = this.commands;
    let late: NodeJS.Timeout | undefined;
    const reply = await new Promise<LoadReply>((resolve) => {
      this.waiting.set(id, resolve);
      late = setTimeout(() => resolve({ id, error: 'the load generator hangs' }), seconds * 1_000 + OVERTIME_MS);
      this.program.process.send({ id, command });
    });
    clearTimeout(late);
    this.waiting.delete(id);
    if (reply.error !== undefined) throw new Error(reply.error);
    return reply.result;
  }

  private failAll(error: string): void {
    for (const [id, resolve] of this.waiting) resolve({ id, error });
  }
}

function answered<Result extends { readonly failure: string | null }>(target: string, result: Result | undefined): Result {
  if (result === undefined) throw new Error('the load generator answered without a result');
  if (result.failure !== null) throw new VoidRun(`a request to ${target} was not answered well: ${result.failure}`);
  return result;
}
