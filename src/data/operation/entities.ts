import { AccountEntity } from './account/account.entity';
import { CustomerEntity } from './customer/customer.entity';
import { LedgerAccountEntity } from './ledger/ledger-account.entity';
import { NumberClassEntity } from './number/number-class.entity';
import { NumberPoolEntity } from './number/number-pool.entity';
import { OrderPaymentEntity } from './order/order-payment.entity';
import { ProductOrderEntity } from './order/product-order.entity';
import { QuotationEntity } from './order/quotation.entity';
import { WorkOrderEntity } from './order/work-order.entity';
import { OperatorParameterEntity } from './organisation/operator-parameter.entity';
import { OrganisationEntity } from './organisation/organisation.entity';
import { ChargeCodeEntity } from './service/charge-code.entity';
import { ProvisioningAdapterEntity } from './service/provisioning-adapter.entity';
import { DiscountEntity } from './discount/discount.entity';
import { ProductEntity } from './product/product.entity';
import { ServiceTypeEntity } from './service/service-type.entity';
import { ApiClientEntity } from './staff/api-client.entity';
import { RoleEntity } from './staff/role.entity';
import { StaffGrantEntity } from './staff/staff-grant.entity';
import { StaffEntity } from './staff/staff.entity';
import { SubscriberEntity } from './subscriber/subscriber.entity';
import { TaxCategoryEntity } from './tax/tax-category.entity';

/** Every entity. Only this list tells TypeORM what there is. */
export const entities = [
  AccountEntity,
  CustomerEntity,
  LedgerAccountEntity,
  NumberClassEntity,
  NumberPoolEntity,
  OrderPaymentEntity,
  ProductOrderEntity,
  QuotationEntity,
  WorkOrderEntity,
  OperatorParameterEntity,
  OrganisationEntity,
  ChargeCodeEntity,
  ProvisioningAdapterEntity,
  ProductEntity,
  DiscountEntity,
  ServiceTypeEntity,
  ApiClientEntity,
  RoleEntity,
  StaffGrantEntity,
  StaffEntity,
  SubscriberEntity,
  TaxCategoryEntity,
] as const;
