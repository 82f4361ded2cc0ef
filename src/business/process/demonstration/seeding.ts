import type { CallContext, CoreDatabase } from '../../context';
import { programContext } from '../program-context';
import { execute, type UseCase } from '../../execute';
import { invariant } from '../../../kernel/failure';
import type { Clock, Instant } from '../../../kernel/clock';
import type { Json } from '../../../kernel/stable-json';

/** Runs use cases as the system, each as if at an instant of the demonstration's past. */
export class Seeding {
  public constructor(
    private readonly database: CoreDatabase,
    public readonly clock: Clock,
  ) {}

  public contextAt(instant: Instant): CallContext {
    const actor = { kind: 'SYSTEM', id: 'seed', clientId: 'sanhu seed', address: null } as const;
    return programContext(this.database, { now: () => instant }, actor, 'demonstration');
  }

  /**
   * Runs a use case once: `key` names the step, so that a seed that was interrupted goes on where it was, and two processes
   * that seed at the same time do the work once.
   */
  public async run<Input, Output extends Json, Code extends string>(
    instant: Instant,
    useCase: UseCase<Input, Output, Code>,
    input: Input,
    key: string,
  ): Promise<Output> {
    const result = await execute(this.contextAt(instant), useCase, input, `demonstration:${key}`);
    invariant(result.ok, `the demonstration is refused at ${useCase.name} ${key}: ${result.ok ? '' : JSON.stringify(result.refusals[0])}`);
    return result.value;
  }
}
