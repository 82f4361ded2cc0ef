import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import {
  changeNumberClass, changeNumberPool, classifyNumbers, closeNumberPool, createNumberClass, createNumberPool, holdNumbers, releaseNumber,
  reserveNumber, scrapNumbers, takeBackNumbers, unholdNumbers, type ClassRule, type NumbersChanged,
} from '../../../../business/component/number'; // prettier-ignore
import { addNumberRange, addNumbers, type Stocked } from '../../../../business/process/stock-numbers';
import type { Id } from '../../../../kernel/id';
import type { GraphContext } from '../../server/context';
import { given, saidOrNull } from '../../server/given';
import { readMoney } from '../../server/money.input';
import { mutate } from '../../server/mutation';
import { readId, readOptionalId } from '../../server/node-id';
import {
  AddNumberRangeInputType, AddNumbersInputType, ChangeNumberClassInputType, ChangeNumberPoolInputType, ClassifyNumbersInputType,
  CloseNumberPoolInputType, CreateNumberClassInputType, CreateNumberPoolInputType, HoldNumbersInputType, ReleaseNumberInputType,
  ReserveNumberInputType, ScrapNumbersInputType, TakeBackNumbersInputType, UnholdNumbersInputType, type NumberClassRuleInputType,
} from './number-changes.input'; // prettier-ignore
import { readPattern } from './number.input';
import { loadAccessNumber, loadNumberClass, loadNumberPool } from './number.resolver';
import {
  AccessNumberPayload, NumberClassPayload, NumberPoolPayload, NumbersAddedPayload, NumbersPayload, NumberUserError,
  type AccessNumberType, type NumberClassType, type NumberPoolType,
} from './number.type'; // prettier-ignore

@Resolver()
export class NumberPoolChangesResolver {
  @Mutation(() => NumberPoolPayload, {
    description: 'Makes an empty pool of numbers 建立号池 at a node, for one line of business. Needs number:write there.',
  })
  public async createNumberPool(
    @Arg('input', () => CreateNumberPoolInputType) { idempotencyKey, organisationId, ...rest }: CreateNumberPoolInputType,
    @Ctx() context: GraphContext,
  ): Promise<NumberPoolPayload> {
    const input = { ...rest, organisationId: readId('organisation', organisationId, 'organisationId') };
    return mutate(context, createNumberPool, { input, idempotencyKey }, NumberUserError, poolPayloadOf(context));
  }

  @Mutation(() => NumberPoolPayload, { description: 'Changes what a pool is called 变更号池. Needs number:write.' })
  public async changeNumberPool(
    @Arg('input', () => ChangeNumberPoolInputType) { idempotencyKey, expectedVersion, name, ...rest }: ChangeNumberPoolInputType,
    @Ctx() context: GraphContext,
  ): Promise<NumberPoolPayload> {
    const nameEn = rest.nameEn === undefined ? {} : { nameEn: rest.nameEn };
    const input = { ...ofPool(rest.numberPoolId), ...given({ name }), ...nameEn, expectedVersion };
    return mutate(context, changeNumberPool, { input, idempotencyKey }, NumberUserError, poolPayloadOf(context));
  }

  @Mutation(() => NumberPoolPayload, { description: 'Closes a pool 关闭号池 all of whose numbers are scrapped. Needs number:write.' })
  public async closeNumberPool(
    @Arg('input', () => CloseNumberPoolInputType) { idempotencyKey, numberPoolId, expectedVersion }: CloseNumberPoolInputType,
    @Ctx() context: GraphContext,
  ): Promise<NumberPoolPayload> {
    const input = { ...ofPool(numberPoolId), expectedVersion };
    return mutate(context, closeNumberPool, { input, idempotencyKey }, NumberUserError, poolPayloadOf(context));
  }

  @Mutation(() => NumberClassPayload, {
    description: 'Makes a class of good numbers 建立号码等级. Needs number:write at the root, for every line of business.',
  })
  public async createNumberClass(
    @Arg('input', () => CreateNumberClassInputType) { idempotencyKey, minimumSpend, deposit, ...rest }: CreateNumberClassInputType,
    @Ctx() context: GraphContext,
  ): Promise<NumberClassPayload> {
    const input = () => ({ ...rest, minimumSpend: readMoney(minimumSpend, 'minimumSpend'), deposit: readMoney(deposit, 'deposit') });
    return mutate(context, createNumberClass, { input, idempotencyKey }, NumberUserError, classPayloadOf(context));
  }

  @Mutation(() => NumberClassPayload, {
    description: 'Changes a class of good numbers 变更号码等级. Needs number:write at the root, for every line of business.',
  })
  public async changeNumberClass(
    @Arg('input', () => ChangeNumberClassInputType)
    {
      idempotencyKey,
      numberClassId,
      expectedVersion,
      nameEn,
      name,
      minimumSpendMonths,
      depositChargeCode,
      ...amounts
    }: ChangeNumberClassInputType,
    @Ctx() context: GraphContext,
  ): Promise<NumberClassPayload> {
    const input = () => ({
      ...given({ name, minimumSpendMonths }),
      ...(nameEn === undefined ? {} : { nameEn }),
      ...(depositChargeCode === undefined ? {} : { depositChargeCode }),
      ...(amounts.minimumSpend == null ? {} : { minimumSpend: readMoney(amounts.minimumSpend, 'minimumSpend') }),
      ...(amounts.deposit == null ? {} : { deposit: readMoney(amounts.deposit, 'deposit') }),
      numberClassId: readId('numberClass', numberClassId, 'numberClassId'),
      expectedVersion,
    });
    return mutate(context, changeNumberClass, { input, idempotencyKey }, NumberUserError, classPayloadOf(context));
  }

  @Mutation(() => NumbersAddedPayload, {
    description:
      'Puts a range of at most 100,000 numbers into a pool 号段入库, all or none; those that subscribers have already are occupied by ' +
      'them. Needs number:write.',
  })
  public async addNumberRange(
    @Arg('input', () => AddNumberRangeInputType) { idempotencyKey, numberPoolId, classes, first, last }: AddNumberRangeInputType,
    @Ctx() context: GraphContext,
  ): Promise<NumbersAddedPayload> {
    const input = { ...ofPool(numberPoolId), classes: rulesOf(classes), first, last };
    return mutate(context, addNumberRange, { input, idempotencyKey }, NumberUserError, addedPayloadOf(context));
  }

  @Mutation(() => NumbersAddedPayload, {
    description: 'Puts single numbers into a pool 号码入库, as `addNumberRange` does. Needs number:write.',
  })
  public async addNumbers(
    @Arg('input', () => AddNumbersInputType) { idempotencyKey, numberPoolId, classes, numbers }: AddNumbersInputType,
    @Ctx() context: GraphContext,
  ): Promise<NumbersAddedPayload> {
    const input = { ...ofPool(numberPoolId), classes: rulesOf(classes), numbers };
    return mutate(context, addNumbers, { input, idempotencyKey }, NumberUserError, addedPayloadOf(context));
  }
}

@Resolver()
export class NumberChangesResolver {
  @Mutation(() => AccessNumberPayload, {
    description:
      'Reserves a number 预占号码 for the caller while his customer decides: this very number, or any free one of a pool. Reserving it ' +
      'again extends it. Needs number:reserve.',
  })
  public async reserveNumber(
    @Arg('input', () => ReserveNumberInputType) { idempotencyKey, pattern, numberPoolId, ...rest }: ReserveNumberInputType,
    @Ctx() context: GraphContext,
  ): Promise<AccessNumberPayload> {
    const input = given({
      ...rest,
      numberPoolId: readOptionalId('numberPool', numberPoolId, 'numberPoolId'),
      pattern: pattern == null ? undefined : readPattern(pattern),
    });
    return mutate(context, reserveNumber, { input, idempotencyKey }, NumberUserError, numberPayloadOf(context));
  }

  @Mutation(() => AccessNumberPayload, {
    description: 'Gives back a number 释放预占 that the caller reserved, or, with number:write, another clerk. Needs number:reserve.',
  })
  public async releaseNumber(
    @Arg('input', () => ReleaseNumberInputType) { idempotencyKey, ...input }: ReleaseNumberInputType,
    @Ctx() context: GraphContext,
  ): Promise<AccessNumberPayload> {
    return mutate(context, releaseNumber, { input, idempotencyKey }, NumberUserError, numberPayloadOf(context));
  }

  @Mutation(() => NumbersPayload, { description: 'Keeps idle numbers back 预留号码. Needs number:write.' })
  public async holdNumbers(
    @Arg('input', () => HoldNumbersInputType) { idempotencyKey, ...input }: HoldNumbersInputType,
    @Ctx() context: GraphContext,
  ): Promise<NumbersPayload> {
    return mutate(context, holdNumbers, { input, idempotencyKey }, NumberUserError, changedPayload);
  }

  @Mutation(() => NumbersPayload, { description: 'Lets numbers go that were kept back 解除预留. Needs number:write.' })
  public async unholdNumbers(
    @Arg('input', () => UnholdNumbersInputType) { idempotencyKey, ...input }: UnholdNumbersInputType,
    @Ctx() context: GraphContext,
  ): Promise<NumbersPayload> {
    return mutate(context, unholdNumbers, { input, idempotencyKey }, NumberUserError, changedPayload);
  }

  @Mutation(() => NumbersPayload, { description: 'Takes numbers out of stock that nobody uses 报废号码. Needs number:write.' })
  public async scrapNumbers(
    @Arg('input', () => ScrapNumbersInputType) { idempotencyKey, ...input }: ScrapNumbersInputType,
    @Ctx() context: GraphContext,
  ): Promise<NumbersPayload> {
    return mutate(context, scrapNumbers, { input, idempotencyKey }, NumberUserError, changedPayload);
  }

  @Mutation(() => NumbersPayload, {
    description: 'Takes back numbers that another operator gives back 携出归还: they rest as if they had been in use. Needs number:write.',
  })
  public async takeBackNumbers(
    @Arg('input', () => TakeBackNumbersInputType) { idempotencyKey, ...input }: TakeBackNumbersInputType,
    @Ctx() context: GraphContext,
  ): Promise<NumbersPayload> {
    return mutate(context, takeBackNumbers, { input, idempotencyKey }, NumberUserError, changedPayload);
  }

  @Mutation(() => NumbersPayload, { description: 'Puts numbers into a class 号码分级, or out of any. Needs number:write.' })
  public async classifyNumbers(
    @Arg('input', () => ClassifyNumbersInputType) { idempotencyKey, numbers, classCode }: ClassifyNumbersInputType,
    @Ctx() context: GraphContext,
  ): Promise<NumbersPayload> {
    const input = { numbers, classCode: saidOrNull(classCode, 'classCode') };
    return mutate(context, classifyNumbers, { input, idempotencyKey }, NumberUserError, changedPayload);
  }
}

function ofPool(numberPoolId: string): { readonly numberPoolId: Id<'numberPool'> } {
  return { numberPoolId: readId('numberPool', numberPoolId, 'numberPoolId') };
}

function rulesOf(classes: readonly NumberClassRuleInputType[] | null | undefined): ClassRule[] {
  return (classes ?? []).map(({ classCode, pattern }) => ({ classCode, pattern: readPattern(pattern) }));
}

type OfPool = { readonly numberPoolId: Id<'numberPool'> };

function poolPayloadOf(context: GraphContext): (output: OfPool) => Promise<{ numberPool: NumberPoolType | null }> {
  return async ({ numberPoolId }) => ({ numberPool: await loadNumberPool(context, numberPoolId) });
}

function addedPayloadOf(
  context: GraphContext,
): (output: Stocked) => Promise<{ numberPool: NumberPoolType | null; added: number; occupied: number }> {
  return async ({ numberPoolId, added, occupied }) => ({ numberPool: await loadNumberPool(context, numberPoolId), added, occupied });
}

function classPayloadOf(
  context: GraphContext,
): (output: { readonly numberClassId: Id<'numberClass'> }) => Promise<{ numberClass: NumberClassType | null }> {
  return async ({ numberClassId }) => ({ numberClass: await loadNumberClass(context, numberClassId) });
}

function numberPayloadOf(
  context: GraphContext,
): (output: { readonly accessNumberId: Id<'accessNumber'> }) => Promise<{ accessNumber: AccessNumberType | null }> {
  return async ({ accessNumberId }) => ({ accessNumber: await loadAccessNumber(context, accessNumberId) });
}

async function changedPayload({ accessNumberIds }: NumbersChanged): Promise<{ changed: number }> {
  return { changed: accessNumberIds.length };
}
