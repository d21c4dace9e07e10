// A register as another State serves it: its paths, its keys, its files. What was altered is found.
#include "exchange/audit.h"
#include "fuzz/fuzz.h"
#include "ledger/ledger.h"

#include <map>

using namespace comity;

namespace {

/// The files of a log of 300 entries, made without a database.
struct Files {
    crypto::Key key = crypto::Key::generate(crypto::Key::Kind::ed25519);
    ledger::Verifier verifier { "register.bg.test", crypto::public_key_of(key) };
    std::map<std::string, Bytes> all;
    ledger::Checkpoint head { verifier.name, 300, {} };

    Files()
    {
        ledger::Edge edge;
        Bytes upper;
        for (std::uint64_t i = 0; i < head.size; ++i) {
            std::uint64_t const width = i < 256 ? 256 : 44;
            auto const place = ledger::tile_path(i / 256, width);
            auto const entry = to_bytes(std::to_string(i));
            auto& bundle = all["register/tile/entries/" + place];
            bundle.push_back(0);
            bundle.push_back(static_cast<std::uint8_t>(entry.size()));
            bundle.insert(bundle.end(), entry.begin(), entry.end());
            auto const hash = ledger::leaf_hash(entry);
            auto& tile = all["register/tile/0/" + place];
            tile.insert(tile.end(), hash.begin(), hash.end());
            edge.append(hash,
                    [&](unsigned step, std::uint64_t, ledger::Digest const& node) {
                        if (step == 2) upper.insert(upper.end(), node.begin(), node.end());
                        return Result<void> {};
                    })
                .take();
        }
        all["register/tile/1/000.p/1"] = upper;
        head.root = edge.root();
    }
};

bool reads(Files const& files, std::string const& changed, ByteView edits)
{
    auto const fetch = [&](std::string const& path) -> Result<Bytes> {
        auto const found = files.all.find(path);
        if (found == files.all.end()) return Error { Error::Kind::not_found, path };
        return path == changed ? fuzz::altered(found->second, edits) : found->second;
    };
    std::uint64_t next = 0;
    return ledger::read_whole(fetch, files.head, 0, [&](std::uint64_t index, ByteView) {
        MUST(index == next++);
        return Result<void> {};
    }).ok();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static Files const files;
    auto const text = as_text({ data, size });
    static_cast<void>(exchange::read_audit_keys(text));
    static_cast<void>(ledger::open_minimum(text, files.verifier));
    fuzz::Input input { data, size };
    auto place = input.byte() % files.all.size();
    auto file = files.all.begin();
    for (; place > 0; --place) ++file;
    bool const same = fuzz::altered(file->second, input.rest()) == file->second;
    MUST(reads(files, file->first, input.rest()) == same);
    return 0;
}
