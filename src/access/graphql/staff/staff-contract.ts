import type { GraphQLSchema } from 'graphql';
import { buildContract } from '../server/build-contract';
import { AccountChangesResolver } from './account/account-changes.resolver';
import { AccountParentResolver, AccountResolver, CustomerAccountsResolver } from './account/account.resolver';
import { AuditActorResolver, AuditTrailResolver } from './audit-trail/audit-trail.resolver';
import { CustomerChangesResolver } from './customer/customer-changes.resolver';
import { CustomerRelationResolver, CustomerResolver } from './customer/customer.resolver';
import {
  AccountLedgerResolver, LedgerAccountResolver, LedgerBalanceResolver, LedgerLineResolver,
} from './ledger/ledger.resolver'; // prettier-ignore
import { NodeResolver } from './node.resolver';
import { NumberChangesResolver, NumberPoolChangesResolver } from './number/number-changes.resolver';
import { AccessNumberResolver, NumberClassResolver, NumberPoolResolver } from './number/number.resolver';
import { OrderChangesResolver } from './order/order-changes.resolver';
import { OrderBatchResolver, OrderBatchRowResolver } from './order-batch/order-batch.resolver';
import { OrderItemResolver, OrderResolver, QuotationResolver } from './order/order.resolver';
import { WorkOrderResolver } from './order/work-order.resolver';
import {
  AccountOrganisationResolver, CustomerOrganisationResolver, OrganisationResolver, SubscriberOrganisationResolver,
} from './organisation/organisation.resolver'; // prettier-ignore
import { PartyImportResolver } from './party-import/party-import.resolver';
import { ChargeCodeResolver, ChargeCodeTermsResolver } from './service/charge-code.resolver';
import { DiscountChangesResolver } from './discount/discount-changes.resolver';
import {
  DiscountAuthorityRoleResolver, DiscountReleaseResolver, DiscountResolver, DiscountVersionResolver, RoleDiscountAuthorityResolver,
} from './discount/discount.resolver'; // prettier-ignore
import { NumberCommitmentResolver, SubscriberCommitmentsResolver } from './number/number-commitment.resolver';
import { NumberDepositResolver, SubscriberDepositsResolver } from './number/number-deposit.resolver';
import {
  AccountDiscountsResolver, BundleDiscountsResolver, GrantedDiscountResolver, SubscriberDiscountsResolver,
} from './discount/granted-discount.resolver'; // prettier-ignore
import { ProductChangesResolver } from './product/product-changes.resolver';
import {
  AccountBundlesResolver, BundleInstanceResolver, BundleMembershipResolver, CustomerBundlesResolver, OrderItemBundleResolver,
  SubscriberBundleResolver,
} from './product/bundle-instance.resolver'; // prettier-ignore
import { ProductInstanceResolver, SubscriberProductsResolver } from './product/product-instance.resolver';
import { ProductReleaseResolver, ProductResolver, ProductVersionResolver } from './product/product.resolver';
import { ProvisioningAdapterResolver, ServiceTypeAdapterResolver } from './service/provisioning-adapter.resolver';
import { ServiceTypeResolver, SubscriberServiceTypeResolver } from './service/service.resolver';
import { ApiClientResolver } from './staff/api-client.resolver';
import { HeldGrantResolver, MeResolver } from './staff/me.resolver';
import { RoleResolver } from './staff/role.resolver';
import { StaffChangesResolver } from './staff/staff-changes.resolver';
import { CustomerManagerResolver, SessionResolver, StaffGrantResolver, StaffResolver } from './staff/staff.resolver';
import { SubscriberChangesResolver } from './subscriber/subscriber-changes.resolver';
import {
  AccessNumberSubscriberResolver, CustomerSubscribersResolver, PaymentRelationResolver, SubscriberCustomerResolver, SubscriberResolver,
} from './subscriber/subscriber.resolver'; // prettier-ignore
import { ChargeCodeTaxResolver, TaxCategoryResolver } from './tax/tax.resolver';

/** `/graphql`: everything that the operator's own staff do at counters and desks. */
export function buildStaffContract(): GraphQLSchema {
  return buildContract([
    NodeResolver, MeResolver, HeldGrantResolver,
    OrganisationResolver, CustomerOrganisationResolver, AccountOrganisationResolver, SubscriberOrganisationResolver,
    StaffResolver, StaffChangesResolver, StaffGrantResolver, SessionResolver, CustomerManagerResolver, RoleResolver, ApiClientResolver,
    ServiceTypeResolver, SubscriberServiceTypeResolver, ProvisioningAdapterResolver, ServiceTypeAdapterResolver,
    ChargeCodeResolver, ChargeCodeTermsResolver, TaxCategoryResolver, ChargeCodeTaxResolver,
    NumberPoolResolver, NumberClassResolver, AccessNumberResolver, NumberPoolChangesResolver, NumberChangesResolver,
    AccessNumberSubscriberResolver, SubscriberCommitmentsResolver, NumberCommitmentResolver, SubscriberDepositsResolver, NumberDepositResolver,
    CustomerResolver, CustomerChangesResolver, CustomerRelationResolver, CustomerAccountsResolver, CustomerSubscribersResolver,
    AccountResolver, AccountChangesResolver, AccountParentResolver,
    SubscriberResolver, SubscriberChangesResolver, SubscriberCustomerResolver, PaymentRelationResolver,
    ProductResolver, ProductVersionResolver, ProductReleaseResolver, ProductChangesResolver,
    ProductInstanceResolver, SubscriberProductsResolver,
    BundleInstanceResolver, BundleMembershipResolver, SubscriberBundleResolver, CustomerBundlesResolver, AccountBundlesResolver,
    OrderItemBundleResolver,
    DiscountResolver, DiscountVersionResolver, DiscountReleaseResolver, DiscountChangesResolver, RoleDiscountAuthorityResolver,
    DiscountAuthorityRoleResolver, GrantedDiscountResolver, SubscriberDiscountsResolver, AccountDiscountsResolver, BundleDiscountsResolver,
    LedgerAccountResolver, AccountLedgerResolver, LedgerLineResolver, LedgerBalanceResolver,
    OrderResolver, OrderItemResolver, OrderChangesResolver, QuotationResolver, WorkOrderResolver,
    OrderBatchResolver, OrderBatchRowResolver,
    AuditTrailResolver, AuditActorResolver, PartyImportResolver,
  ]); // prettier-ignore
}
