import { registerStandardChart } from '../../src/business/component/ledger';
import { createOrganisation } from '../../src/business/component/organisation';
import { seedCatalogue } from '../../src/business/process/demonstration/seed-catalogue';
import { seedCharges } from '../../src/business/process/demonstration/seed-charges';
import { seedDiscounts } from '../../src/business/process/demonstration/seed-discounts';
import { Seeding } from '../../src/business/process/demonstration/seeding';
import type { CoreDatabase } from '../../src/data/connection/core-database';
import { instantFromDatabase, systemClock } from '../../src/kernel/clock';
import { invariant } from '../../src/kernel/failure';
import type { Id } from '../../src/kernel/id';
import { NODES } from './dataset-organisations';

type Nodes = ReadonlyMap<string, Id<'organisation'>>;

/** The nodes of the demonstration's catalogue, by the codes that it gives them, and those that stand for them here. */
const STANDING_FOR = {
  'SANHU-DEMO': NODES.operator, ZJ: NODES.province, 'ZJ-HZ': NODES.firstCity, 'ZJ-NB': NODES.firstCity + 1, 'ZJ-WZ': NODES.firstCity + 2,
} as const; // prettier-ignore

/** On sale since then: before the first customer came. */
export const ON_SALE_SINCE = instantFromDatabase('2019-04-02 00:00:00+00');

/** What the demonstration's operator sells and charges, released here as it is there: by the product's own use cases. */
export async function sellDemonstration(database: CoreDatabase, nodes: Nodes): Promise<void> {
  const seeding = new Seeding(database, systemClock);
  const node = (place: number): Id<'organisation'> => {
    const id = nodes.get(`B${place}`);
    invariant(id !== undefined, `the data set has no node ${place}`);
    return id;
  };
  await seeding.run(ON_SALE_SINCE, registerStandardChart, {}, 'chart');
  const partner = { organisationId: node(NODES.province), code: 'PARTNER', name: '合作伙伴', kind: 'PARTNER' } as const;
  const { organisationId: partnerId } = await seeding.run(ON_SALE_SINCE, createOrganisation, partner, 'partner');
  await seedCharges(seeding, partnerId, ON_SALE_SINCE);
  const standing = new Map(Object.entries(STANDING_FOR).map(([code, place]) => [code, node(place)]));
  await seedCatalogue(seeding, standing, ON_SALE_SINCE);
  await seedDiscounts(seeding, standing, ON_SALE_SINCE);
}
