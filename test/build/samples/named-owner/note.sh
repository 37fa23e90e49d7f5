echo "6 * 7" | bc > answer.txt
cat answer.txt
