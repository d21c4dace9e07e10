// Writes tests/protocol/witness.hurl: what a foreign log, made of Go's sumdb packages alone, asks of
// a witness, and what C2SP tlog-witness has it answer.
package main

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type hashes []tlog.Hash

func (h hashes) ReadHashes(at []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(at))
	for i, n := range at {
		out[i] = h[n]
	}
	return out, nil
}

// Always the same bytes, so that the same keys and the same file come out.
type stream struct{ seed byte }

func (s *stream) Read(p []byte) (int, error) {
	for i := range p {
		s.seed = s.seed*5 + 1
		p[i] = s.seed
	}
	return len(p), nil
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	const origin = "log.foreign.test"
	skey, vkey, err := note.GenerateKey(&stream{7}, origin)
	must(err)
	log, err := note.NewSigner(skey)
	must(err)
	otherKey, _, err := note.GenerateKey(&stream{9}, origin)
	must(err)
	other, err := note.NewSigner(otherKey)
	must(err)
	var tree hashes
	for i := int64(0); i < 600; i++ {
		more, err := tlog.StoredHashes(i, []byte(fmt.Sprint("entry ", i)), tree)
		must(err)
		tree = append(tree, more...)
	}
	head := func(name string, size int64, root *tlog.Hash, by note.Signer) string {
		if root == nil {
			real, err := tlog.TreeHash(size, tree)
			must(err)
			root = &real
		}
		text := fmt.Sprintf("%s\n%d\n%s\n", name, size, root.String())
		signed, err := note.Sign(&note.Note{Text: text}, by)
		must(err)
		return string(signed)
	}
	proof := func(from, to int64) string {
		path, err := tlog.ProveTree(to, from, tree)
		must(err)
		var out strings.Builder
		for _, h := range path {
			fmt.Fprintln(&out, h.String())
		}
		return out.String()
	}
	ask := func(old string, proof, head string, status int) {
		fmt.Printf("\nPOST http://localhost/register/witness/add-checkpoint\n```\n"+
			"old %s\n%s\n%s```\nHTTP %d\n", old, proof, head, status)
	}
	made := tlog.Hash(sha256.Sum256([]byte("another tree")))
	zero := tlog.Hash{}
	fmt.Printf("# Written by tests/independent/witness/main.go; in order, to one witness that knows this log.\n# log: %s\n", vkey)
	ask("0", "", head("log.unknown.test", 5, nil, log), 404)
	ask("0", "", head(origin, 5, nil, other), 403)
	ask("6", "", head(origin, 5, nil, log), 400)
	ask("00", "", head(origin, 5, nil, log), 400)
	ask("0", zero.String()+"\n", head(origin, 5, nil, log), 422)
	ask("0", "", head(origin, 5, nil, log), 200)
	ask("0", "", head(origin, 300, nil, log), 409)
	ask("5", "", head(origin, 300, nil, log), 422)
	ask("5", proof(5, 299), head(origin, 300, nil, log), 422)
	ask("5", strings.Repeat(zero.String()+"\n", 64), head(origin, 300, nil, log), 400)
	ask("5", proof(5, 300), head(origin, 300, nil, log), 200)
	ask("300", "", head(origin, 300, nil, log), 200)
	ask("300", proof(300, 600), head(origin, 600, &made, log), 422)
	ask("300", proof(300, 600), head(origin, 600, nil, log), 200)
}
