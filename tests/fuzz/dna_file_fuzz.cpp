// A file of DNA profiles from another program: its first byte picks CSV, CODIS or Pruem. What is
// read is written, and read again the same.
#include "base/file.h"
#include "search/dna/exchange_file.h"

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

void hold_csv(std::string_view text)
{
    auto const read = read_csv(text, table());
    if (!read.ok()) {
        MUST(!read.error().what.empty());
        return;
    }
    auto const written = write_csv(read.value().profiles, table());
    auto const again = read_csv(written, table());
    // Quotes can make a line longer than a line may be.
    MUST(!again.ok() || write_csv(again.value().profiles, table()) == written);
}

void hold_cmf(std::string_view text)
{
    auto const read = read_cmf(text, table());
    if (!read.ok()) return;
    auto const written = write_cmf(read.value().profiles, { "O", "L", "U", "D" }, table());
    auto const again = read_cmf(written.text, table());
    if (!again.ok()) return; // a reference longer than the format's 24 characters is cut
    MUST(again.value().profiles.size() == read.value().profiles.size());
    for (std::size_t i = 0; i < read.value().profiles.size(); ++i)
        MUST(again.value().profiles[i].genotype == read.value().profiles[i].genotype);
}

void hold_pruem(std::string_view text)
{
    auto const read = read_pruem(text, table());
    if (!read.ok()) return;
    auto const written = write_pruem(read.value(), table()).text;
    auto const again = read_pruem(written, table());
    MUST(again.ok());
    MUST(write_pruem(again.value(), table()).text == written);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0) return 0;
    auto const text = as_text({ data + 1, size - 1 });
    if (data[0] == 'c') hold_csv(text);
    if (data[0] == 'x') hold_cmf(text);
    if (data[0] == 'p') hold_pruem(text);
    return 0;
}
