import { checkPortIn, portIn as takeIn } from '../../component/number';
import { managingNode } from '../../component/organisation';
import { isPortInUnderWay, refuseOrder } from '../../component/order';
import { selectServiceTypes } from '../../component/service';
import { checkNewSubscriber, refuseSubscriber } from '../../component/subscriber';
import { hasHiddenCharacters, isBlank } from '../../../kernel/text';
import { refusedBy } from '../../../kernel/result';
import { checkGoodNumber, monthlyOf } from './good-number';
import { askedBy, checkTaken, fixOpening, open, openingOf, wantedBy } from './open';
import type { OrderKind } from './order-kind';
import { checkProducts, offersFor } from './ordered-products';
import type { AcceptanceRefusal } from './refusals';

/**
 * 携入: opens a subscriber whose number comes with it from another operator. People agree with that operator first; with their step done the
 * number comes into the nearest pool, or home, and the subscriber is opened as any other.
 */
export const portIn: OrderKind<'PORT_IN'> = {
  action: 'ADD',
  async fix(unit, content, where) {
    return { ...content, identifier: content.identifier.trim(), ...(await fixOpening(unit, content, where)) };
  },
  touches: (content) => open.touches(content),
  async check(accepting, content) {
    const { unit, wide, orderId } = accepting;
    const { identifier, organisationId, donor, authorisationCode } = content;
    const [serviceType] = await selectServiceTypes(unit, [content.serviceType]);
    if (serviceType === undefined) return refuseSubscriber('SERVICE_TYPE_NOT_FOUND', 'serviceType');
    if (!serviceType.portable) return refuseOrder('NUMBER_NOT_PORTABLE', 'serviceType');
    const malformed = checkNewSubscriber(serviceType, openingOf(accepting, content));
    const number = { value: identifier.trim(), serviceType: serviceType.code, organisationId };
    return refusedBy<AcceptanceRefusal>(
      malformed,
      ...Object.entries({ donor, authorisationCode }).flatMap(([field, text]) => [
        isBlank(text) && refuseOrder('BLANK', field),
        hasHiddenCharacters(text) && refuseOrder('CHARACTERS_REFUSED', field),
      ]),
      await managingNode(unit, organisationId, 'subscriber:write', refuseSubscriber, serviceType.code),
      malformed === undefined && (await checkPortIn(wide, number)),
      malformed === undefined &&
        (await isPortInUnderWay(unit.transaction, number.value, orderId)) &&
        refuseOrder('PORTING_UNDER_WAY', 'identifier'),
      malformed === undefined && (await checkTaken(accepting, content, serviceType)),
      await checkProducts(accepting, wantedBy(content), serviceType.code),
      await checkGoodNumber(accepting, content, monthlyOf(await offersFor(accepting, wantedBy(content)))),
    );
  },
  quote: (accepting, content) => Promise.resolve(open.quote?.(accepting, content) ?? []),
  asks: askedBy,
  network: (accepting, content, before) => open.network?.(accepting, content, before),
  async effect(accepting, content, itemNo) {
    const { serviceType, organisationId, identifier } = content;
    const { subscriberId } = openingOf(accepting, content);
    const number = { value: identifier.trim(), serviceType, organisationId, subscriberId };
    const taken = await takeIn(accepting.wide, number, 'subscriber:write');
    return taken.ok ? open.effect(accepting, content, itemNo) : taken;
  },
};
