import type { NewAccountInput, PaymentMethod, RatingType } from '../../component/account';
import type { ContactInput, CustomerGrade, CustomerKind, DocumentInput, NewCustomerInput, RelationKind } from '../../component/customer';
import type { NewPaymentRelationInput, NewSubscriberInput } from '../../component/subscriber';
import type { Parties } from '../bulk-opening';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import { Chance } from './chance';
import { demonstrationId } from './demonstration-id';
import type { TwoNames } from './names';
import { NumberPlan } from './number-plan';

/** Where parties are opened. */
export interface Place {
  readonly organisationId: Id<'organisation'>;
  readonly openedAt: Instant;
}

export interface PlannedRelation {
  readonly customerId: Id<'customer'>;
  readonly relatedCustomerId: Id<'customer'>;
  readonly kind: RelationKind;
}

interface Wave {
  readonly customers: NewCustomerInput[];
  readonly accounts: NewAccountInput[];
  readonly subscribers: NewSubscriberInput[];
}

/** Collects the parties of a demonstration in waves, each with the ids and numbers that it has on every run. */
export class PartyPlan {
  public readonly chance = new Chance(20_261_101);
  public readonly numbers = new NumberPlan();
  public readonly relations: PlannedRelation[] = [];
  private readonly waves: Wave[] = [];
  private wave: Wave = { customers: [], accounts: [], subscribers: [] };
  private readonly counts = { customer: 0, account: 0, subscriber: 0 };

  public constructor(private readonly currency: CurrencyCode) {}

  public beginWave(): void {
    this.wave = { customers: [], accounts: [], subscribers: [] };
    this.waves.push(this.wave);
  }

  public get parties(): readonly Parties[] {
    return this.waves;
  }

  /** Customers in the wave that was begun last. */
  public get size(): number {
    return this.wave.customers.length;
  }

  public addCustomer(
    { organisationId, openedAt }: Place,
    customer: TwoNames & { kind: CustomerKind; grade: CustomerGrade; documents: DocumentInput[]; contacts: ContactInput[] },
  ): Id<'customer'> {
    const customerId = demonstrationId('customer', this.count('customer'), openedAt);
    const { kind, name, nameEn, grade, documents, contacts } = customer;
    this.wave.customers.push({ customerId, kind, name, nameEn, grade, organisationId, documents, contacts, attributes: {} });
    return customerId;
  }

  public addAccount(
    { organisationId, openedAt }: Place,
    customerId: Id<'customer'>,
    { name, ratingType, paymentMethod }: { name: string; ratingType: RatingType; paymentMethod: PaymentMethod },
  ): Id<'account'> {
    const accountId = demonstrationId('account', this.count('account'), openedAt);
    const billingDay = this.chance.one([1, 1, 1, 5, 10, 15, 31]);
    this.wave.accounts.push({
      accountId,
      customerId,
      organisationId,
      name,
      currency: this.currency,
      ratingType,
      paymentMethod,
      billingDay,
      attributes: {},
    });
    return accountId;
  }

  public addSubscriber(
    { organisationId, openedAt }: Place,
    roles: { ownerId: Id<'customer'>; userId?: Id<'customer'>; payerId?: Id<'customer'>; accountId: Id<'account'> },
    service: Pick<NewSubscriberInput, 'serviceType' | 'identifier' | 'attributes'> & { sim?: string },
    paymentRelations: readonly NewPaymentRelationInput[] = [],
  ): Id<'subscriber'> {
    const subscriberId = demonstrationId('subscriber', this.count('subscriber'), openedAt);
    this.wave.subscribers.push({ subscriberId, organisationId, ...roles, ...service, paymentRelations });
    return subscriberId;
  }

  /** An employer's account pays for its employee up to an amount in yuan, before the employee's own does. */
  public capped(accountId: Id<'account'>, yuan: number): NewPaymentRelationInput {
    return { accountId, chargeGroup: null, priority: 10, cap: { amountMinor: BigInt(yuan) * 100n, currency: this.currency } };
  }

  private count(kind: keyof typeof this.counts): number {
    this.counts[kind] += 1;
    return this.counts[kind];
  }
}
