#!/bin/sh
echo started from "$PWD"
