import type { UseCase } from '../../execute';
import { insertServiceTypes } from '../../../data/operation/service/insert-service-types';
import { ok } from '../../../kernel/result';
import { FIRST_SERVICE_TYPES } from './model/first-service-types';
import { forgetServiceTypes } from './service-types';

/** Registers the service types that an operator begins with, those that are missing. The seed runs it, as the system. */
export const registerServiceTypes: UseCase<Record<string, never>, { registered: string[] }, never> = {
  name: 'registerServiceTypes',
  permission: 'parameter:write',
  async run(unit) {
    const registered = await insertServiceTypes(unit.transaction, FIRST_SERVICE_TYPES, unit.now);
    unit.afterCommit(forgetServiceTypes);
    return ok({ registered: registered.map(({ code }) => code) });
  },
};
