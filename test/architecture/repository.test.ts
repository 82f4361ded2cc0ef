import { BROKEN_REPOSITORY } from './broken-repository';
import { testRules } from './expectation';
import { REPOSITORY_RULES } from './repository-rules';

describe('the repository', () => testRules(REPOSITORY_RULES, BROKEN_REPOSITORY));
