export { startEfaktura } from './efaktura/server';
export type { EfakturaOptions, NextAnswer } from './efaktura/server';
export { PortTaken } from './http';
export type { Simulator } from './http';
export type { AccountInput } from './paddle/accounts';
export { startPaddle } from './paddle/server';
export type { PaddleOptions } from './paddle/server';
export { makeToken, readToken, startUploadThing } from './uploadthing/server';
export type { UploadApp, UploadThingOptions } from './uploadthing/server';
