int main(void)
{
  struct s { int a; } v;
  v = (struct s) 5;  // error[type-mismatch]
  return 0;
}
// gcc: 4:15: error: conversion to non-scalar type requested
