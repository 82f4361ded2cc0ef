import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, type BuildSchemaOptions, type ClassType } from 'type-graphql';

/** A contract is what its resolvers reach: one folder of resolvers, one schema. */
export function buildContract(resolvers: readonly ClassType[]): GraphQLSchema {
  return buildSchemaSync({
    resolvers: resolvers as unknown as BuildSchemaOptions['resolvers'],
    // Validation is the business layer's, and every argument that type-graphql validates costs a promise.
    validate: false,
    // A Date never reaches the contract: instants are Temporal's, through the DateTime scalar.
    scalarsMap: [],
  });
}

/** The contract as it is committed under `schema/`: sorted, so that a difference is a change. */
export function printContract(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
