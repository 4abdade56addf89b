;; A program that ends at once.
(memory (export "memory") 1)
(func (export "_start"))
