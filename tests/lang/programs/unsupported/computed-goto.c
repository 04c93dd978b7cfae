int main(void)
{
  void *p = &&end;  // error[unsupported]
  goto *p;  // error[unsupported]
  end: ;
  return 0;
}
