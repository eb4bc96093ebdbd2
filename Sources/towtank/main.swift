print("towtank")
