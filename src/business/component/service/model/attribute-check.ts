import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { LRUCache } from 'lru-cache';
import type { ServiceType } from '../../../../data/operation/service/service-type';
import type { Json } from '../../../../kernel/stable-json';
import { ATTRIBUTE_FORMATS, ATTRIBUTE_LENGTH_MAX } from './characteristics';

/** What is wrong with an attribute. */
export interface AttributeProblem {
  readonly attribute: string;
  readonly kind: 'MISSING' | 'UNKNOWN' | 'INVALID';
  /** What it breaks, as the definition has it: `maxLength: 12`. */
  readonly rule: string;
}

/** How many problems are told at once. */
const PROBLEMS_MAX = 20;
/** How much of what somebody wrote is said again. */
const QUOTED_MAX = 100;

/** Compiled definitions by their text: what was changed and changed back is not compiled again. An operator has tens. */
const compiled = new LRUCache<string, ValidateFunction>({ max: 500 });

/**
 * What is wrong with the attributes of a subscriber of the service type; nothing, when its definition is the empty one. Texts longer
 * than any attribute may be are not looked into.
 */
export function attributeProblems(
  { characteristics }: Pick<ServiceType, 'characteristics'>,
  attributes: Readonly<Record<string, Json | undefined>>,
): readonly AttributeProblem[] {
  if (Object.keys(characteristics).length === 0) return [];
  const long = Object.entries(attributes).filter(([, value]) => typeof value === 'string' && value.length > 2 * ATTRIBUTE_LENGTH_MAX);
  if (long.length > 0) return long.slice(0, PROBLEMS_MAX).map(([name]) => problemOf(name, 'INVALID', `maxLength: ${ATTRIBUTE_LENGTH_MAX}`));
  const validate = validatorOf(JSON.stringify(characteristics));
  if (validate(attributes)) return [];
  return (validate.errors ?? []).slice(0, PROBLEMS_MAX).map(toProblem);
}

function validatorOf(text: string): ValidateFunction {
  let validate = compiled.get(text);
  if (validate === undefined) {
    // One for each: an Ajv keeps all that it has ever compiled. Only own properties count, or every object has a `constructor`.
    const ajv = new Ajv({ strict: true, allErrors: true, ownProperties: true, verbose: true, logger: false });
    addFormats(ajv, [...ATTRIBUTE_FORMATS]);
    ajv.addVocabulary(['titleEn', 'descriptionEn']);
    validate = ajv.compile(JSON.parse(text) as object);
    compiled.set(text, validate);
  }
  return validate;
}

function toProblem({ keyword, params, instancePath, schema }: ErrorObject): AttributeProblem {
  const named = params as { readonly missingProperty?: string; readonly additionalProperty?: string };
  if (keyword === 'required') return problemOf(named.missingProperty ?? '', 'MISSING', keyword);
  if (keyword === 'additionalProperties') return problemOf(named.additionalProperty ?? '', 'UNKNOWN', keyword);
  return problemOf(instancePath.slice(1), 'INVALID', `${keyword}: ${JSON.stringify(schema)}`);
}

function problemOf(attribute: string, kind: AttributeProblem['kind'], rule: string): AttributeProblem {
  return { attribute: attribute.slice(0, QUOTED_MAX), kind, rule: rule.slice(0, QUOTED_MAX) };
}
