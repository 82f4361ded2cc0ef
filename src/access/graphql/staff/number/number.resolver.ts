import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import {
  FREE_COUNTED_MAX, POOLS_SEARCHED_MAX, SCANNED_MAX, checkPattern, listNumberClasses, searchAccessNumbers, searchNumberPools,
  selectAccessNumberByValue, type AccessNumberFilter, type SearchedPools,
} from '../../../../business/component/number'; // prettier-ignore
import { serviceTypeOf } from '../../../../business/component/service';
import { Failure } from '../../../../kernel/failure';
import type { Id } from '../../../../kernel/id';
import { toConnection, type ConnectionOf } from '../../server/connection';
import type { GraphContext } from '../../server/context';
import { given, searchedBy } from '../../server/given';
import { cost } from '../../server/guard/cost-hint';
import { readId, readOptionalId } from '../../server/node-id';
import { PageArgs, pageOf } from '../../server/page-args';
import { loadOrganisation } from '../organisation/organisation.resolver';
import { OrganisationType } from '../organisation/organisation.type';
import { ServiceTypeType } from '../service/service.type';
import { loadStaff } from '../staff/staff.resolver';
import { StaffType } from '../staff/staff.type';
import { AccessNumberFilterType, NumberPoolFilterType, readPattern } from './number.input';
import { accessNumberLoader, freeNumbersLoader, numberClassByCodeLoader, numberClassLoader, numberPoolLoader } from './number.loader';
import {
  AccessNumberConnection, AccessNumberType, NumberClassConnection, NumberClassType, NumberPoolConnection, NumberPoolType,
} from './number.type'; // prettier-ignore

@Resolver(() => NumberPoolType)
export class NumberPoolResolver {
  @Query(() => NumberPoolType, { nullable: true, description: 'A pool 号池 that is used in scope; null when there is none.' })
  public async numberPool(@Arg('id', () => ID) id: string, @Ctx() context: GraphContext): Promise<NumberPoolType | null> {
    return loadNumberPool(context, readId('numberPool', id));
  }

  @Query(() => NumberPoolConnection, { description: 'Pools 号池 of the nodes in scope and above them, by code. Needs number:read.' })
  public async numberPools(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => NumberPoolFilterType, { nullable: true }) filter: NumberPoolFilterType | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<NumberPoolType>> {
    const asked = searchedBy({ ...filter, usedAtId: readOptionalId('organisation', filter?.usedAtId, 'filter.usedAtId') });
    const found = await searchNumberPools(context, asked, pageOf(page));
    return toConnection(NumberPoolConnection, found, (pool) => new NumberPoolType(pool), (pool) => [pool.value.code]); // prettier-ignore
  }

  @FieldResolver(() => OrganisationType, { nullable: true, description: 'The node that has it; null when outside scope.' })
  public async organisation(@Root() { value }: NumberPoolType, @Ctx() context: GraphContext): Promise<OrganisationType | null> {
    return loadOrganisation(context, value.organisationId);
  }

  @FieldResolver(() => ServiceTypeType, { description: 'The line of business 业务类型.' })
  public async serviceType(@Root() { value }: NumberPoolType, @Ctx() context: GraphContext): Promise<ServiceTypeType> {
    return new ServiceTypeType(await serviceTypeOf(context, value.serviceType));
  }

  @FieldResolver(() => Int, { description: `How many numbers it has to give out now, counted up to ${FREE_COUNTED_MAX}.` })
  public async freeNumbers(@Root() { value }: NumberPoolType, @Ctx() context: GraphContext): Promise<number> {
    return (await freeNumbersLoader(context).load(value.id))?.free ?? 0;
  }
}

@Resolver(() => NumberClassType)
export class NumberClassResolver {
  @Query(() => NumberClassConnection, { description: 'Every class of good numbers 靓号等级, by code; none without number:read.' })
  public async numberClasses(@Args(() => PageArgs) page: PageArgs, @Ctx() context: GraphContext): Promise<ConnectionOf<NumberClassType>> {
    const found = await listNumberClasses(context, pageOf(page));
    return toConnection(NumberClassConnection, found, (one) => new NumberClassType(one), (one) => [one.value.code]); // prettier-ignore
  }
}

@Resolver(() => AccessNumberType)
export class AccessNumberResolver {
  @Query(() => AccessNumberType, {
    nullable: true,
    description: 'A number of the stock 号码 that is used in scope; null when there is none.',
  })
  public async accessNumber(@Arg('number', () => String) number: string, @Ctx() context: GraphContext): Promise<AccessNumberType | null> {
    const found = await selectAccessNumberByValue(context, number.trim());
    return found === undefined ? null : new AccessNumberType(found);
  }

  @Extensions(cost({ weight: 5 }))
  @Query(() => AccessNumberConnection, {
    description:
      'Numbers of a pool, or of the pools of a line of business 选号, pool by pool. A search looks at no more than ' +
      `${SCANNED_MAX} numbers of a pool and ${POOLS_SEARCHED_MAX} pools: a page may then be short, even empty, and yet not the last; ` +
      '`endCursor` goes on behind it. Needs number:read.',
  })
  public async accessNumbers(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => AccessNumberFilterType) filter: AccessNumberFilterType,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<AccessNumberType>> {
    const { classCode, state } = searchedBy({ classCode: filter.classCode, state: filter.state });
    const asked: AccessNumberFilter = { ...given({ classCode, state }), pattern: readSearchedPattern(filter) };
    const found = await searchAccessNumbers(context, readPools(filter), asked, pageOfNumbers(page));
    return toConnection(
      AccessNumberConnection,
      found,
      (number) => new AccessNumberType(number),
      ({ value }) => [value.poolId, value.value],
    );
  }

  @FieldResolver(() => NumberPoolType, { nullable: true, description: 'Its pool 号池.' })
  public async pool(@Root() { value }: AccessNumberType, @Ctx() context: GraphContext): Promise<NumberPoolType | null> {
    return loadNumberPool(context, value.poolId);
  }

  @FieldResolver(() => NumberClassType, { nullable: true, description: 'Its class 号码等级; null for an ordinary number.' })
  public async numberClass(@Root() { value }: AccessNumberType, @Ctx() context: GraphContext): Promise<NumberClassType | null> {
    const found = value.classCode === null ? undefined : await numberClassByCodeLoader(context).load(value.classCode);
    return found === undefined ? null : new NumberClassType(found);
  }

  @FieldResolver(() => StaffType, { nullable: true, description: 'Who reserved it at a counter; null for an order, and outside scope.' })
  public async heldBy(@Root() { value: { holder } }: AccessNumberType, @Ctx() context: GraphContext): Promise<StaffType | null> {
    return holder?.kind === 'STAFF' ? loadStaff(context, holder.id as Id<'staff'>) : null;
  }
}

function readPools({ numberPoolId, serviceType }: AccessNumberFilterType): SearchedPools {
  const poolId = readOptionalId('numberPool', numberPoolId, 'filter.numberPoolId');
  const { serviceType: code } = searchedBy({ serviceType });
  if (poolId !== undefined && code === undefined) return { poolId };
  if (poolId === undefined && code !== undefined) return { serviceType: code };
  throw new Failure('BAD_USER_INPUT', 'filter names either numberPoolId or serviceType.', { field: 'filter' });
}

function readSearchedPattern({ pattern }: AccessNumberFilterType): AccessNumberFilter['pattern'] {
  const read = readPattern(pattern);
  const refusal = checkPattern(read, 'filter.pattern')?.refusals[0];
  if (refusal === undefined) return read;
  throw new Failure('BAD_USER_INPUT', refusal.message.en, { field: refusal.field?.join('.') ?? 'filter.pattern' });
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

function pageOfNumbers(args: PageArgs): ReturnType<typeof pageOf> {
  const page = pageOf(args, 2);
  if (page.after !== null && !UUID.test(page.after[0] ?? '')) {
    throw new Failure('BAD_USER_INPUT', 'after is not a cursor of this connection.');
  }
  return page;
}

export async function loadNumberPool(context: GraphContext, id: Id<'numberPool'>): Promise<NumberPoolType | null> {
  const pool = await numberPoolLoader(context).load(id);
  return pool === undefined ? null : new NumberPoolType(pool);
}

export async function loadNumberClass(context: GraphContext, id: Id<'numberClass'>): Promise<NumberClassType | null> {
  const numberClass = await numberClassLoader(context).load(id);
  return numberClass === undefined ? null : new NumberClassType(numberClass);
}

export async function loadAccessNumber(context: GraphContext, id: Id<'accessNumber'>): Promise<AccessNumberType | null> {
  const number = await accessNumberLoader(context).load(id);
  return number === undefined ? null : new AccessNumberType(number);
}
