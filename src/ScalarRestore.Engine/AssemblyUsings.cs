global using ScalarRestore.Contracts;
