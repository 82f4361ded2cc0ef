/** The parts of a customer's personal data that may be seen in clear, each asked for by name. */
export const PERSONAL_FIELDS = ['NAME', 'DOCUMENTS', 'CONTACTS'] as const;

export type PersonalField = (typeof PERSONAL_FIELDS)[number];
