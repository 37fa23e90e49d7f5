echo "2 ^ 10" | bc
