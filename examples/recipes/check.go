// Asks the service whether a picture will work as a talking portrait: LPD_API_KEY=… ./check http://127.0.0.1:8080 photo.jpg, after go build check.go
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"
)

type verdict struct {
	Pass    bool   `json:"pass"`
	Reason  string `json:"reason"`
	Message string `json:"message"`
	Checks  []struct {
		Status string `json:"status"`
		Advice string `json:"advice"`
	} `json:"checks"`
}

func main() {
	key := os.Getenv("LPD_API_KEY")
	if len(os.Args) != 3 || key == "" {
		give(errors.New("usage: LPD_API_KEY=<key> ./check <address of the service> <picture>"))
	}
	picture, err := os.Open(os.Args[2])
	if err != nil {
		give(err)
	}
	request, err := http.NewRequest("POST", os.Args[1]+"/v1/inspect", picture)
	if err != nil {
		give(err)
	}
	request.Header.Set("Authorization", "Bearer "+key)
	request.Header.Set("Content-Type", "application/octet-stream")
	client := http.Client{Timeout: 30 * time.Second}
	answer, err := client.Do(request)
	if err != nil {
		give(err)
	}
	defer answer.Body.Close()
	var told verdict
	if err := json.NewDecoder(answer.Body).Decode(&told); err != nil {
		give(err)
	}
	if answer.StatusCode != http.StatusOK {
		give(fmt.Errorf("%s %s", answer.Header.Get("x-reason"), told.Message))
	}
	if !told.Pass && told.Reason == "" {
		give(errors.New("not an answer of the service"))
	}
	if told.Pass {
		fmt.Println("pass")
	} else {
		fmt.Println(told.Reason)
	}
	for _, check := range told.Checks {
		if check.Status == "fail" {
			fmt.Println(check.Advice)
		}
	}
	if !told.Pass {
		os.Exit(1)
	}
}

func give(err error) {
	fmt.Println(err)
	os.Exit(2)
}
