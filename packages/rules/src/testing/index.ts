export * from './conditions'
export { examplePerson } from './people'
