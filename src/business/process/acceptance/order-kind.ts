import type { ContentOf, ItemAction, ItemKind, ItemRequest, OrderedDiscount, OrderRules, QuoteLine } from '../../component/order';
import type { RecurringPiece } from '../../component/product';
import type { LockedAccount } from '../../component/account';
import type { LockedCustomer } from '../../component/customer';
import type { OperatorParameters } from '../../component/organisation';
import type { LockedBundle } from '../../component/product';
import type { LockedSubscriber } from '../../component/subscriber';
import type { Unit } from '../../context';
import type { Instant } from '../../../kernel/clock';
import type { TimeZone } from '../../../kernel/calendar';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import type { Result } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import type { NetworkProduct } from '../../../data/provisioning/network-command';
import type { StepCommand } from '../fulfilment';
import type { AcceptanceRefusal, Refused } from './refusals';

/** A party that an item names, with the field of its content that names it. */
export interface Named<Party> {
  readonly id: Party;
  readonly field: string;
}

/** A number that a subscriber gives back, and the one that it is to have; null: none. */
export interface TouchedNumber {
  readonly subscriberId: Id<'subscriber'>;
  readonly next: string | null;
}

/** The parties that an item touches: their rows are locked, in the order of the components, before anything is decided. */
export interface Touched {
  readonly number?: TouchedNumber;
  readonly customers?: readonly Named<Id<'customer'>>[];
  readonly accounts?: readonly Named<Id<'account'>>[];
  /** Whether the accounts themselves are changed, or only things tied to them. */
  readonly changesAccounts?: boolean;
  /** The subscriber that the item is about. */
  readonly subscriber?: Named<Id<'subscriber'>>;
  /** The subscriber that the item is to open: it is not there yet. */
  readonly opens?: ToBeOpened;
  /** A bundle that the item names. */
  readonly bundle?: Named<Id<'bundleInstance'>>;
  /** The bundle that the item opens: it is there once the item is done. */
  readonly opensBundle?: Id<'bundleInstance'>;
  /** A bundle that has ended, which is charged for. */
  readonly endedBundle?: Id<'bundleInstance'>;
  /** Whether the bundle that the subscriber is in is touched too: the subscriber may leave it, or has to fit into it. */
  readonly inBundle?: boolean;
}

/** A subscriber that is not there yet. */
export interface ToBeOpened {
  readonly id: Id<'subscriber'>;
  readonly serviceType: string;
  readonly organisationId: Id<'organisation'>;
}

/** The locked rows of the parties that an order touches, read again after each effect. */
export interface Parties {
  readonly customers: Map<Id<'customer'>, LockedCustomer>;
  readonly accounts: Map<Id<'account'>, LockedAccount>;
  readonly subscribers: Map<Id<'subscriber'>, LockedSubscriber>;
  readonly bundles: Map<Id<'bundleInstance'>, LockedBundle>;
}

/** What a kind decides and works with. */
export interface Accepting {
  /** Of whoever calls. */
  readonly unit: Unit;
  /**
   * The same unit with the system's scope. Whether the caller may touch the parties is asked when an order is quoted and submitted;
   * its effects follow from it, whoever sets them off: a cashier, a worker, the clock.
   */
  readonly wide: Unit;
  readonly orderId: Id<'order'>;
  /** Whose order it is. */
  readonly customerId: Id<'customer'>;
  readonly organisationId: Id<'organisation'>;
  /** What is due at once is charged to it. */
  readonly accountId: Id<'account'> | null;
  readonly parties: Parties;
  /** It has begun, and an item is checked once more before its effect: what it asks for may have come about since. */
  readonly begun?: boolean;
  /** All items of the order, in their order: a kind may have to see the others. */
  readonly items: readonly ItemRequest[];
  /** When it is to take effect: now, or the start that was asked for. */
  readonly startAt: Instant;
  readonly rules: OrderRules;
  readonly operator: OperatorParameters;
  readonly timeZone: TimeZone;
  readonly currency: CurrencyCode;
}

/** The hall where an order is quoted, when it is to take effect, and whether drafts are tried before what is on sale. */
export interface WhereAndWhen {
  readonly organisationId: Id<'organisation'>;
  readonly startAt: Instant;
  readonly trial: boolean;
}

/** A line that a kind adds to a quotation, with what discounts must know of it. */
export interface PricedLine extends Omit<QuoteLine, 'itemNo' | 'reduces'> {
  /** Of the price of a product; a line without it is nobody's but the order's. */
  readonly of?: PricedBy;
  /** Of a charge for leaving a contract: which. */
  readonly leaves?: ContractLeft;
  /** Where another price than the list's was agreed upon: what authority is asked for. */
  readonly agreed?: AgreedPrice;
}

/**
 * What was agreed upon instead of the list 协议价, for all of a quantity: of what is charged once, or of a whole period at the dearest phase of
 * the list. What is agreed holds in every period, so the first, which may be short, free or cheap, does not say what it gives away.
 */
export interface AgreedPrice {
  readonly agreedMinor: bigint;
  readonly listMinor: bigint;
}

/** A contract 合约 that is left before its time: of a product that is held, or of a bundle. */
export interface ContractLeft {
  readonly id: Id<'productInstance'> | Id<'bundleInstance'>;
  /** Of the product or bundle. */
  readonly code: string;
}

/** Which price a line is of, and how its first period comes about. */
export interface PricedBy {
  readonly product: string;
  readonly priceCode: string;
  /** The account on whose bills it stands. */
  readonly accountId: Id<'account'>;
  /** None: charged once. */
  readonly pieces: readonly RecurringPiece[];
  /** The bundle of whose price the line is a part, and the whole of it: of each piece, or of what is charged once. */
  readonly bundle?: { readonly id: Id<'bundleInstance'>; readonly wholes: readonly bigint[] };
}

/** A discount that an item asks for, with its field in the content, and who could have it. */
export interface WantedDiscount {
  readonly discount: OrderedDiscount;
  readonly field: string;
  /** Has discounts of its own level. */
  readonly subscriberId: Id<'subscriber'> | null;
  /** Has those of the levels account and bill. */
  readonly accountId: Id<'account'> | null;
  /** Has those of the level bundle. */
  readonly bundleInstanceId?: Id<'bundleInstance'> | null | undefined;
  /** Chosen now and granted by a later order: it is checked, and takes nothing off yet. */
  readonly later?: boolean;
}

/** What an item asks for beside what it does. */
export interface Asked {
  readonly discounts: readonly WantedDiscount[];
  /** Codes of the products that it orders: the customer counts as having them. */
  readonly products: readonly string[];
}

/** A service as a network element knows it, and is to know it. */
export interface NetworkService {
  readonly serviceType: string;
  /** Of the service instance, for all its life: the subscriber's id as others know it. */
  readonly serviceId: string;
  /** The kind by which its line is reached: a name of `identifiers`. */
  readonly identifierKind: 'ACCESS_NUMBER' | 'LOGIN';
  /** By kind: `ACCESS_NUMBER`, `LOGIN`, `SIM`. */
  readonly identifiers: Readonly<Record<string, string>>;
  /** As its service type describes them. */
  readonly characteristics: Readonly<Record<string, Json>>;
  /** What is held of it, by instance. */
  readonly products: Readonly<Record<string, NetworkProduct>>;
  readonly stopped: boolean;
}

/** What the network is told for an item, how that is taken back, and what the service is then. */
export interface NetworkChange {
  readonly command: StepCommand;
  readonly undo: StepCommand;
  readonly after: NetworkService;
}

/** An item that is to be done, by its number in the order. */
export interface ItemToDo<Kind extends ItemKind> {
  readonly itemNo: number;
  readonly content: ContentOf<Kind>;
}

/** One kind of order item: one file, entered in `kinds.ts`. Every function gets the content of its own kind. */
export interface OrderKind<Kind extends ItemKind> {
  readonly action: ItemAction;
  /** Decides what of the content holds from the quotation on, as which version of a product is sold; before anything else. */
  fix?(unit: Unit, content: ContentOf<Kind>, where: WhereAndWhen): Promise<ContentOf<Kind>>;
  /** Where the number that it is to have is used; undefined: not known, as of a subscriber out of scope. Only of kinds that let one be chosen. */
  placeOfNumber?(unit: Unit, content: ContentOf<Kind>): Promise<Omit<ToBeOpened, 'id'> | undefined>;
  touches(content: ContentOf<Kind>): Touched;
  /** Whether it is done for a subscriber that was opened ahead 预开户 and is not in service yet. */
  readonly beforeService?: boolean;
  /** Whether the subscriber need not be the customer's of the order yet. */
  readonly anyOwner?: boolean;
  /** Whether it cannot wait for another order that is under way for the subscriber: that one is checked again before its own effect. */
  besideOthers?(content: ContentOf<Kind>): boolean;
  /** Every reason why not, beside those of the kind's rule, of the parties as they are now. Fields are those of the content. */
  check(accepting: Accepting, content: ContentOf<Kind>): Promise<Refused | undefined>;
  /**
   * Whether it may leave contracts that its content does not name: those that it was quoted to leave are kept with it (`leavesIds`), and it is
   * refused where it would leave another.
   */
  readonly leavesContracts?: boolean;
  /** What is added to its content when its order is accepted, or amended to it. */
  accepted?(accepting: Accepting, content: ContentOf<Kind>): ContentOf<Kind>;
  /** What it costs beside the fee of the kind's rule. */
  quote?(accepting: Accepting, content: ContentOf<Kind>): Promise<readonly PricedLine[]>;
  /** When its effect is to begin, where that is not when it is done. */
  begins?(accepting: Accepting, content: ContentOf<Kind>): Promise<Instant>;
  /**
   * What the network is to be told of it, for a line that an adapter provisions; undefined: nothing. `before` is the service as the
   * items before this one leave it.
   */
  network?(accepting: Accepting, content: ContentOf<Kind>, before: NetworkService): NetworkChange | undefined;
  /** The discounts that it asks for: checked, reckoned and granted with it, whatever its kind. */
  asks?(content: ContentOf<Kind>): Asked;
  /** Does it, from now on; says what came of it. It has been checked in this unit. */
  effect(accepting: Accepting, content: ContentOf<Kind>, itemNo: number): Promise<Result<Json, AcceptanceRefusal>>;
  /**
   * Does items that follow one another at once, as {@link effect} would one by one, where none of them can change what another was checked
   * upon. Where one is refused, nothing has been done of any.
   */
  effects?(accepting: Accepting, items: readonly ItemToDo<Kind>[]): Promise<readonly Result<Json, AcceptanceRefusal>[]>;
}
