// Checks an exported register with Go's sumdb packages and nothing of ours: the notes, every entry's
// inclusion, the consistency of every smaller tree. Usage: register FOLDER LOGKEY [WITNESSKEY...]
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "FAILED:", err)
		os.Exit(1)
	}
}

// C2SP tlog-cosignature, Ed25519: a note.Verifier of key type 4.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }
func (c cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 72 {
		return false
	}
	text := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(c.key, []byte(text), sig[8:])
}

func readCosigner(vkey string) cosigner {
	parts := strings.SplitN(vkey, "+", 3)
	hash, err := strconv.ParseUint(parts[1], 16, 32)
	must(err)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	must(err)
	if len(key) != 33 || key[0] != 4 {
		must(fmt.Errorf("%s is no witness key", vkey))
	}
	return cosigner{parts[0], uint32(hash), key[1:]}
}

type folder string

func (folder) Height() int                     { return 8 }
func (folder) SaveTiles([]tlog.Tile, [][]byte) {}
func (f folder) path(tile tlog.Tile) string {
	path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
	return filepath.Join(string(f), strings.Replace(path, "tile/8/", "tile/", 1))
}
func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	out := make([][]byte, len(tiles))
	for i, tile := range tiles {
		data, err := os.ReadFile(f.path(tile))
		if err != nil {
			return nil, err
		}
		out[i] = data
	}
	return out, nil
}

func main() {
	dir := folder(os.Args[1])
	log, err := note.NewVerifier(os.Args[2])
	must(err)
	known := []note.Verifier{log}
	for _, vkey := range os.Args[3:] {
		known = append(known, readCosigner(vkey))
	}
	text, err := os.ReadFile(filepath.Join(string(dir), "checkpoint"))
	must(err)
	head, err := note.Open(text, note.VerifierList(known...))
	must(err)
	if len(head.Sigs) != len(known) {
		must(fmt.Errorf("%d of %d signatures hold", len(head.Sigs), len(known)))
	}
	lines := strings.Split(head.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	tree := tlog.Tree{N: size, Hash: root}
	hashes := tlog.TileHashReader(tree, dir)
	var bundle []byte
	for i := int64(0); i < size; i++ {
		if i%256 == 0 {
			width := size - i
			if width > 256 {
				width = 256
			}
			bundle, err = os.ReadFile(dir.path(tlog.Tile{H: 8, L: -1, N: i / 256, W: int(width)}))
			must(err)
		}
		length := binary.BigEndian.Uint16(bundle)
		proof, err := tlog.ProveRecord(size, i, hashes)
		must(err)
		must(tlog.CheckRecord(proof, size, root, i, tlog.RecordHash(bundle[2:2+length])))
		bundle = bundle[2+length:]
		if i > 0 {
			old, err := tlog.TreeHash(i, hashes)
			must(err)
			path, err := tlog.ProveTree(size, i, hashes)
			must(err)
			must(tlog.CheckTree(path, size, root, i, old))
		}
	}
	fmt.Printf("%s: %d signatures, %d entries and %d consistency proofs hold for Go's sumdb\n",
		log.Name(), len(head.Sigs), size, size-1)
}
