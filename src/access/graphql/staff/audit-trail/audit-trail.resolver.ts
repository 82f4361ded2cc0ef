import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { readAuditTrail, type AuditTrailFilter } from '../../../../business/view/audit-trail';
import { decodeAnyId } from '../../../../kernel/id';
import { Failure } from '../../../../kernel/failure';
import { toConnection, type ConnectionOf } from '../../server/connection';
import type { GraphContext } from '../../server/context';
import { given } from '../../server/given';
import { Node } from '../../server/node-id';
import { PageArgs, pageOf } from '../../server/page-args';
import { loadNode, loadNodeByText } from '../node.resolver';
import { AuditActorType, AuditEntryConnection, AuditEntryType, AuditTrailFilterType, cursorOfEntry } from './audit-trail.type';

@Resolver(() => AuditEntryType)
export class AuditTrailResolver {
  @Query(() => AuditEntryConnection, {
    description:
      'The audit trail 审计日志, newest first, as far as the caller’s audit:read reaches by organisation node and line of business.',
  })
  public async auditTrail(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => AuditTrailFilterType, { nullable: true }) filter: AuditTrailFilterType | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<AuditEntryType>> {
    const entries = await readAuditTrail(context, readFilter(filter), pageOf(page, 2));
    return toConnection(AuditEntryConnection, entries, (entry) => new AuditEntryType(entry), cursorOfEntry);
  }

  @FieldResolver(() => Node, {
    nullable: true,
    description: 'What was changed, as it is now; null when outside scope, or when it is no Node.',
  })
  public async subject(@Root() entry: AuditEntryType, @Ctx() context: GraphContext): Promise<Node | null> {
    return entry.idKind === null ? null : loadNode(context, { kind: entry.idKind, id: entry.value.subjectId });
  }
}

@Resolver(() => AuditActorType)
export class AuditActorResolver {
  @FieldResolver(() => Node, {
    nullable: true,
    description: 'The member of staff or the partner’s client; null for the system, or when outside scope.',
  })
  public async node(@Root() { entry }: AuditActorType, @Ctx() context: GraphContext): Promise<Node | null> {
    return entry.actorKind === 'SYSTEM' ? null : loadNodeByText(context, entry.actorId);
  }
}

function readFilter(filter: AuditTrailFilterType | null | undefined): AuditTrailFilter {
  if (filter == null) return {};
  const { subjectId, ...rest } = filter;
  if (subjectId === null || subjectId === undefined) return given(rest);
  const subject = decodeAnyId(subjectId);
  if (subject === undefined) throw new Failure('BAD_USER_INPUT', 'filter.subjectId is no id.', { field: 'filter.subjectId' });
  return { ...given(rest), subjectId: subject.id };
}
