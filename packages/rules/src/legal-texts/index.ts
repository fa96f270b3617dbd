export * from './versions'
