import { Foundation0001 } from './0001-foundation';
import { PartySummary0002 } from './0002-party-summary';
import { PartyImport0003 } from './0003-party-import';
import { DurableEngine0004 } from './0004-durable-engine';
import { ServiceDefinition0005 } from './0005-service-definition';
import { NumberResource0006 } from './0006-number-resource';
import { Catalogue0007 } from './0007-catalogue';
import { Ledger0008 } from './0008-ledger';
import { Order0009 } from './0009-order';
import { ProductInstance0010 } from './0010-product-instance';
import { DiscountRelease0011 } from './0011-discount-release';
import { ContractRule0012 } from './0012-contract-rule';
import { NumberOrder0013 } from './0013-number-order';
import { BundleInstance0014 } from './0014-bundle-instance';
import { GrantedDiscount0015 } from './0015-granted-discount';
import { Fulfilment0016 } from './0016-fulfilment';
import { ImportProducts0017 } from './0017-import-products';
import { OrderBatch0018 } from './0018-order-batch';
import { Porting0019 } from './0019-porting';
import { ChangesAhead0020 } from './0020-changes-ahead';
import { BundleDiscount0021 } from './0021-bundle-discount';
import { QuotationLine0022 } from './0022-quotation-line';
import { FreeOfClass0023 } from './0023-free-of-class';
import { NumberDeposit0024 } from './0024-number-deposit';
import { BatchOfBundles0025 } from './0025-batch-of-bundles';
import { CatalogueSearch0026 } from './0026-catalogue-search';
import { PortingUnderWay0027 } from './0027-porting-under-way';
import { BundleGrace0028 } from './0028-bundle-grace';
import { DefaultRelationCheck0029 } from './0029-default-relation-check';

/** Every migration, in order. */
export const migrations = [
  Foundation0001,
  PartySummary0002,
  PartyImport0003,
  DurableEngine0004,
  ServiceDefinition0005,
  NumberResource0006,
  Catalogue0007,
  Ledger0008,
  Order0009,
  ProductInstance0010,
  DiscountRelease0011,
  ContractRule0012,
  NumberOrder0013,
  BundleInstance0014,
  GrantedDiscount0015,
  Fulfilment0016,
  ImportProducts0017,
  OrderBatch0018,
  Porting0019,
  ChangesAhead0020,
  BundleDiscount0021,
  QuotationLine0022,
  FreeOfClass0023,
  NumberDeposit0024,
  BatchOfBundles0025,
  CatalogueSearch0026,
  PortingUnderWay0027,
  BundleGrace0028,
  DefaultRelationCheck0029,
] as const;
