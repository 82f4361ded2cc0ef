import { join } from 'node:path';
import ts from 'typescript';
import { findingAt, nodesOf, type Finding, type SourceRule, type SourceTree } from './source-tree';

const EXECUTE = 'src/business/execute.ts';

/** A value is a use case by its shape, however it was declared. */
function isUseCase(type: ts.Type): boolean {
  return ['name', 'permission', 'run'].every((part) => type.getProperty(part) !== undefined);
}

/** `x.run` or `x['run']`, called or handed on, and `const { run } = x`. */
function runOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'run') return node.expression;
  if (ts.isElementAccessExpression(node) && ts.isStringLiteral(node.argumentExpression) && node.argumentExpression.text === 'run')
    return node.expression;
  if (!ts.isVariableDeclaration(node) || !ts.isObjectBindingPattern(node.name) || node.initializer === undefined) return undefined;
  const names = node.name.elements.map(({ propertyName, name }) => (propertyName ?? name).getText());
  return names.includes('run') ? node.initializer : undefined;
}

const onlyByExecute: SourceRule = {
  name: 'use-case-by-execute',
  why: 'permission, idempotency key, unit of work, audit trail and outbox are in one place: a use case that another needs shares a function',
  check(tree: SourceTree): Finding[] {
    const candidates = tree
      .scripts(/^(?:src|test)\//)
      .filter((file) => file.fileName !== EXECUTE && [...nodesOf(file)].some((node) => runOf(node) !== undefined));
    if (candidates.length === 0) return [];
    const program = ts.createProgram(
      candidates.map((file) => join(tree.root, file.fileName)),
      {
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.Node20,
        strict: true,
        skipLibCheck: true,
        noEmit: true,
        experimentalDecorators: true,
        types: ['node', 'jest'],
      },
    );
    const types = program.getTypeChecker();
    return candidates.flatMap(({ fileName }) => {
      const file = program.getSourceFile(join(tree.root, fileName));
      if (file === undefined) return [];
      return [...nodesOf(file)].flatMap((node) => {
        const owner = runOf(node);
        return owner !== undefined && isUseCase(types.getTypeAtLocation(owner))
          ? [{ ...findingAt(file, node, `${owner.getText()}.run`), path: fileName }]
          : [];
      });
    });
  },
};

function useCasesOf(file: ts.SourceFile): ts.VariableDeclaration[] {
  return [...nodesOf(file)].filter(
    (node): node is ts.VariableDeclaration =>
      ts.isVariableDeclaration(node) &&
      node.type !== undefined &&
      ts.isTypeReferenceNode(node.type) &&
      node.type.typeName.getText() === 'UseCase',
  );
}

const oneAFile: SourceRule = {
  name: 'one-use-case-a-file',
  why: 'whoever looks for an operation finds it by the name of its file',
  check: (tree) =>
    tree.scripts(/^src\/business\/(?:component|process)\/(?!.*\.spec\.ts$)/).flatMap((file) => {
      const stem = (file.fileName.split('/').at(-1) as string).replace(/\.ts$/, '');
      const [first, ...more] = useCasesOf(file);
      const misnamed =
        first === undefined || fileNameOf(first) === stem ? [] : [findingAt(file, first, `${first.name.getText()} in ${stem}.ts`)];
      const extra = more.map((useCase) => findingAt(file, useCase, `${useCase.name.getText()} is the second here`));
      return [...misnamed, ...extra];
    }),
};

function fileNameOf(useCase: ts.VariableDeclaration): string {
  return useCase.name.getText().replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

const readsNotWrapped: SourceRule = {
  name: 'reads-not-wrapped',
  why: 'a read without a rule is re-exported by index.ts',
  check: (tree) =>
    tree.scripts(/^src\/business\/(?:component|view)\/(?!.*\.spec\.ts$)/).flatMap((file) =>
      file.statements
        .filter(ts.isFunctionDeclaration)
        .filter(onlyPassesOn)
        .map((node) => findingAt(file, node, `${node.name?.text ?? 'function'} only passes its arguments on`)),
    ),
};

function onlyPassesOn(node: ts.FunctionDeclaration): boolean {
  const [only, ...more] = node.body?.statements ?? [];
  if (only === undefined || more.length > 0 || !ts.isReturnStatement(only) || only.expression === undefined) return false;
  const call = ts.isAwaitExpression(only.expression) ? only.expression.expression : only.expression;
  if (!ts.isCallExpression(call) || !ts.isIdentifier(call.expression) || call.arguments.length === 0) return false;
  const taken = node.parameters.map(({ name }) => name.getText());
  return taken.length === call.arguments.length && call.arguments.every((argument, place) => argument.getText() === taken[place]);
}

/** How use cases and reads are written and run. */
export const USE_CASE_RULES: readonly SourceRule[] = [onlyByExecute, oneAFile, readsNotWrapped];
