// The log of changes of an index, as a crash or a bad disk leaves it: whole records only, each as
// it was written. After a zero byte the tables of loci, kits and frequencies instead.
#include "base/file.h"
#include "search/dna/frequency.h"
#include "search/dna/index_file.h"

using namespace comity;
using namespace comity::search::dna;

namespace {

LocusTable const& table()
{
    auto const text = [](char const* file) {
        return std::string { as_text(
            read_file(std::filesystem::path { "data/dna" } / file).value()) };
    };
    static LocusTable const all = LocusTable::read(text("loci.tsv"), text("kits.tsv")).value();
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size > 0 && data[0] == 0) {
        auto const text = as_text({ data + 1, size - 1 });
        static_cast<void>(LocusTable::read(text, "kit\taliases\tloci\n"));
        static_cast<void>(Frequencies::read(text, table()));
        static_cast<void>(read_rules(text, table()));
        return 0;
    }
    ByteView rest { data, size };
    while (true) {
        auto const before = rest;
        auto const change = next_change(rest, table());
        if (!change) break;
        Bytes again;
        if (change->inserted)
            append_insert(again, change->number, *change->inserted);
        else
            append_destroy(again, change->number);
        MUST(again.size() == before.size() - rest.size());
        MUST(std::equal(again.begin(), again.end(), before.begin()));
    }
    return 0;
}
