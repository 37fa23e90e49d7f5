echo entry > book.txt
cat book.txt
