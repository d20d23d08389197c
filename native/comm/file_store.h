// The store at which ranks of one host meet and tell where they are: a file of records to which each of them appends. PyTorch's own
// writes a record in several calls and reads for ever at the end of a file that breaks off in one, as when a rank is killed in
// between. Here a record is one call; what breaks off is left out by those who read and cut off by whoever writes next.
#pragma once
#include <sys/types.h>
#include <torch/csrc/distributed/c10d/Store.hpp>

#include <mutex>
#include <unordered_map>

namespace notebooster {

class FileStore : public c10d::Store {
 public:
  using Bytes = std::vector<uint8_t>;
  using Keys = std::vector<std::string>;

  /* The file is made where it is missing, and removed by the last of `num_ranks` that lets its store go. */
  FileStore(std::string path, int num_ranks, std::chrono::milliseconds timeout);
  ~FileStore() override;

  c10::intrusive_ptr<c10d::Store> clone() override;
  void set(const std::string& key, const Bytes& value) override;
  /* What the key has after it: the wanted value, if it had the expected one (empty: none). */
  Bytes compareSet(const std::string& key, const Bytes& expected, const Bytes& wanted) override;
  /* Waits for the key. */
  Bytes get(const std::string& key) override;
  int64_t add(const std::string& key, int64_t value) override;
  bool deleteKey(const std::string& key) override;
  bool check(const Keys& keys) override;
  int64_t getNumKeys() override;
  void wait(const Keys& keys) override;
  void wait(const Keys& keys, const std::chrono::milliseconds& timeout) override;
  std::vector<std::string> listKeys() override;

 private:
  class Opened;

  bool has_all(const Keys& keys);

  const std::string path_;
  /* 0: of a clone, which does not remove it. */
  const int num_ranks_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bytes> known_;
  /* What was read of the file, all of it whole records. */
  off_t read_ = 0;
};

}  // namespace notebooster
