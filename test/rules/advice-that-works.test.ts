import { expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';

const found = (dockerfile: string, rule: string) => lint(dockerfile).findings.filter(finding => finding.rule === rule);

const advice = (dockerfile: string): string | undefined => found(dockerfile, 'end-of-life-image')[0]?.message;

test.each([
  ['FROM node:20\n', 'Upgrade to node:26.'],
  ['FROM node:20\nRUN yarn install\n', 'Upgrade to node:26, which has no yarn.'],
  ['FROM node:20 AS a\nFROM a\nRUN yarn install\n', 'Upgrade to node:26, which has no yarn.'],
  ['FROM node:20-alpine\nRUN yarn\n', 'Upgrade to node:26-alpine, which has no yarn.'],
  [
    'FROM ubuntu:18.04\nRUN apt-get update && apt-get install -y python-setuptools\n',
    'which has no python-setuptools.',
  ],
  ['FROM debian:10\nRUN apt-get update && apt-get install -y python-pip\n', 'which has no python-pip.'],
  ['FROM golang:1.11-windowsservercore-1809\n', 'that has such a tag; the newest is Go 1.27.'],
  ['FROM mcr.microsoft.com/dotnet/runtime:8.0-bookworm-slim-arm32v7\n', 'that has such a tag; the newest is .NET 10.'],
  ['FROM i386/ubuntu:16.04\n', 'Upgrade to a supported release; the newest is Ubuntu 26.04.'],
  ['FROM mcr.microsoft.com/dotnet/core/sdk:3.0\n', 'Upgrade to mcr.microsoft.com/dotnet/sdk:10.0.'],
])('%s names no image that is not there or does not do', (dockerfile, expected) => {
  expect(advice(dockerfile)).toContain(expected);
});

test('a release of ROS is not one of Ubuntu', () => {
  expect(advice('FROM ros:kinetic\n')).toBeUndefined();
  expect(advice('FROM ros:lunar-robot-stretch\n')).toContain('Debian 9 in this image');
});

test('a tag whose image lacks what the file calls is not offered', () => {
  const titles = (text: string) =>
    found(text, 'end-of-life-image').flatMap(({ fixes }) => fixes.map(({ title }) => title.replace(/ \(.*/, '')));
  expect(titles('FROM node:20-slim\n')).toContain('Use node:26-slim');
  expect(titles('FROM node:20-slim\nRUN yarn install\n')).not.toContain('Use node:26-slim');
});

test.each([
  ['FROM node:26\nRUN yarn install\n', 1],
  ['FROM node:25\nRUN corepack enable\n', 1],
  ['FROM node:24\nRUN corepack enable && yarn install\n', 0],
  ['FROM node:lts\nRUN yarn install\n', 0],
  ['FROM node:26\nRUN npm install -g yarn && yarn install\n', 0],
  ['FROM node:26-alpine\nRUN apk add yarn && yarn install\n', 0],
])('what Node.js no longer brings is missed: %s', (dockerfile, count) => {
  expect(found(dockerfile, 'command-not-in-image')).toHaveLength(count);
});
