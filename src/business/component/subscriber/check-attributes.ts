import { refusedBy } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { attributeProblems, type ServiceType } from '../service';
import { refuseSubscriber, type SubscriberRefusal } from './model/refusals';

/** Checks the attributes of a subscriber against what its service type says of them. */
export function checkAttributes(
  type: ServiceType,
  attributes: Readonly<Record<string, Json>>,
): ReturnType<typeof refusedBy<SubscriberRefusal>> {
  return refusedBy(
    ...attributeProblems(type, attributes).map(({ attribute, kind, rule }) =>
      refuseSubscriber(`ATTRIBUTE_${kind}`, ['attributes', attribute], { attribute, rule }),
    ),
  );
}
