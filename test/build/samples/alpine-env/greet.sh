#!/bin/sh
echo "$GREETING"
pwd
