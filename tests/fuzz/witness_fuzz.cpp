// What comes to a witness and back from one: the request, the lines under a note.
#include "fuzz/fuzz.h"
#include "ledger/witness.h"

using namespace comity;

namespace {

struct Signed {
    crypto::Key key = crypto::Key::generate(crypto::Key::Kind::ed25519);
    ledger::Verifier verifier { "register.bg.test", crypto::public_key_of(key) };
    ledger::Verifier witness { "register.ro.test", crypto::public_key_of(key) };
    std::string note
        = ledger::sign_checkpoint({ verifier.name, 305, crypto::sha256(as_view("root")) }, key);
    std::string line = ledger::cosign(note, witness.name, key, Instant {}).value();
    Bytes whole = to_bytes(note + line);
};

void request(std::string_view text)
{
    auto const asked = ledger::read_add_checkpoint(text);
    if (!asked.ok()) return;
    MUST(asked.value().proof.size() <= ledger::proof_hashes_max);
    MUST(ledger::write(asked.value()) == text); // one spelling
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static Signed const made;
    auto const text = as_text({ data, size });
    request(text);
    auto const witnesses = std::array { made.witness };
    auto const strange = ledger::cosignatures(text, witnesses);
    MUST(!strange.ok() || strange.value().empty());
    auto const verifier = ledger::Verifier::read_witness(text);
    if (verifier.ok()) MUST(verifier.value().witness_text() == text);
    // Another body, another time, another name: no cosignature of this witness is left.
    auto const altered = fuzz::altered(made.whole, { data, size });
    auto const read = ledger::cosignatures(as_text(altered), witnesses);
    if (read.ok() && !read.value().empty()) {
        MUST(read.value().front().line == made.line);
        MUST(ledger::read_checkpoint(as_text(altered)).value()
            == ledger::read_checkpoint(made.note).value());
    }
    request(as_text(fuzz::altered(to_bytes("old 0\n\n" + made.note), { data, size })));
    return 0;
}
