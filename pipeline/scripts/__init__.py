"""Traditional, Simplified and regional Chinese: conversion and detection."""
