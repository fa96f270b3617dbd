export * from './conditions'
export { examplePerson } from './people'
export { manyMembers, manyMembersFields, manyMembersFile, manyMembersHeader } from './members'
