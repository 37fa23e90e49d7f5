.items[] | "\(.name): \(.count)"
