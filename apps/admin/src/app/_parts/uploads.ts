'use client';
import type { UploadRouter } from '@interdomestik/api/http';
import { generateReactHelpers } from '@uploadthing/react';

/** Sends files to the store by way of our own route, which decides about each. */
export const { uploadFiles } = generateReactHelpers<UploadRouter>({ url: '/api/uploadthing' });
